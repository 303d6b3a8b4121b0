"""How ESCO names its concepts: by addresses, open at the end; and its collections and relations."""

from lmiforall.base.code_list import Pattern, listed

URI = Pattern("esco_uri", "Address of an ESCO concept", r"http://data\.europa\.eu/esco/\S+")

COLLECTION = listed(
    "esco_collection", "Collection", (("digital", "Digital"), ("green", "Green"), ("transversal", "Transversal"))
)

RELATION = listed(
    "esco_relation",
    "Relation",
    (
        ("essential", "Essential for the other"),
        ("optional", "Helpful for the other"),
        ("broader", "The other is broader"),
    ),
)
