"""The licences under which figures travel, each with the notice that must go with every copy."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """``notice`` is printed with every answer, page and export that holds figures under it."""

    id: str
    title: str
    url: str
    notice: str


OGL3 = Licence(
    id="OGL-UK-3.0",
    title="Open Government Licence v3.0",
    url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    notice="Contains public sector information licensed under the Open Government Licence v3.0.",
)

OGL3_OS = Licence(
    id="OGL-UK-3.0+OS",
    title="Open Government Licence v3.0, with Ordnance Survey data",
    url="https://www.ons.gov.uk/methodology/geography/licences",
    notice=(
        "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
        "Contains OS data © Crown copyright and database right."
    ),
)

ONET_CC_BY4 = Licence(
    id="CC-BY-4.0+ONET",
    title="Creative Commons Attribution 4.0, O*NET database",
    url="https://www.onetcenter.org/license_db.html",
    notice=(
        "This product includes information from the O*NET 29 Database by the U.S. Department of Labor, "
        "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. "
        "O*NET® is a trademark of USDOL/ETA. LMI for All has modified all or some of this information. "
        "USDOL/ETA has not approved, endorsed, or tested these modifications."
    ),
)

ESCO_REUSE = Licence(
    id="ESCO",
    title="ESCO, reuse under Commission Decision 2011/833/EU",
    url="https://esco.ec.europa.eu/en/about-esco/what-esco",
    notice="This service uses the ESCO classification of the European Commission.",
)

US_PUBLIC_DOMAIN = Licence(
    id="US-public-domain",
    title="Work of the United States government, in the public domain",
    url="https://www.bls.gov/bls/linksite.htm",
    notice="Source: U.S. Bureau of Labor Statistics.",
)

CC_BY4 = Licence(
    id="CC-BY-4.0",
    title="Creative Commons Attribution 4.0",
    url="https://creativecommons.org/licenses/by/4.0/",
    notice="Licensed under the Creative Commons Attribution 4.0 International licence.",
)

MIT = Licence(
    id="MIT",
    title="MIT licence",
    url="https://opensource.org/license/mit",
    notice="Provided under the MIT licence by the authors named as publisher.",
)

CC0 = Licence(
    id="CC0-1.0",
    title="Creative Commons Zero",
    url="https://creativecommons.org/publicdomain/zero/1.0/",
    notice="Dedicated to the public domain by its authors.",
)

ILO = Licence(
    id="ILO",
    title="International Labour Organization, reuse with attribution",
    url="https://www.ilo.org/copyright-and-permissions",
    notice="Source: International Labour Organization, ISCO-08.",
)
