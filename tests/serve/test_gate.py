"""Keys and quotas as the old service had them: what is admitted, what is refused, in which words."""

import json
from base64 import b64encode
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from lmiforall import datasets
from lmiforall.__main__ import _gate
from lmiforall.base.problem import Stop
from lmiforall.release.opened import Release
from lmiforall.serve.application import application
from lmiforall.serve.gate import Gate, KeysInMemory, Limits, signature

PAY = "/api/v1/ashe/estimatePay?soc=4135"
DATE = "Tue, 21 Feb 2017 10:00:00 GMT"
KEYS = KeysInMemory({"id": "secret"}, {"phrase": "id"})


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def guarded(starter_release: Path, limits: Limits, clock: Clock | None = None) -> TestClient:
    every = datasets.every()
    gate = Gate(KEYS, limits, clock or Clock())
    return TestClient(application(Release(starter_release, every), every, gate=gate))


def signed(key_id: str = "id", secret: str = "secret", algorithm: str = "hmac-sha1") -> dict[str, str]:
    sign = signature(secret, DATE.encode()).decode()
    return {"Date": DATE, "Authorization": f'Signature keyId="{key_id}",algorithm="{algorithm}",signature="{sign}"'}


def test_the_signature_is_that_of_rfc_2202() -> None:
    # SOURCE: RFC 2202, section 3, second case.
    digest = bytes.fromhex("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
    assert signature("Jefe", b"what do ya want for nothing?") == b64encode(digest)


def test_without_a_gate_nobody_is_asked_and_nothing_is_said(client: TestClient) -> None:
    response = client.get(PAY, headers=signed(secret="wrong"))
    assert response.status_code == 200
    assert "x-auth-type" not in response.headers


@pytest.mark.parametrize(
    ("headers", "query", "kind"),
    [
        ({}, "", "No Key"),
        ({"Authorization": "Bearer x"}, "", "No Key"),
        (signed(), "", "HMAC"),
        (signed("nobody"), "", "No Key"),
        ({}, "&accessKey=phrase", "accessKey"),
        ({}, "&accessKey=nobody", "No Key"),
    ],
)
def test_a_request_is_told_by_what_it_was_recognised(
    starter_release: Path, headers: dict[str, str], query: str, kind: str
) -> None:
    client = guarded(starter_release, Limits())
    for _ in range(4):
        response = client.get(PAY + query, headers=headers)
        assert response.status_code == 200
        assert response.headers["x-auth-type"] == kind


@pytest.mark.parametrize("headers", [signed(secret="wrong"), signed(algorithm="hmac-sha256")])
def test_a_known_key_that_is_signed_wrongly_is_refused(starter_release: Path, headers: dict[str, str]) -> None:
    response = guarded(starter_release, Limits()).get(PAY, headers=headers)
    assert response.status_code == 403
    assert response.text == '{"error":"Access denied. Found a key of type \'HMAC\', but it is invalid."}'
    assert response.headers["access-control-allow-origin"] == "*"


def test_where_keys_are_needed_a_request_without_one_is_refused(starter_release: Path) -> None:
    client = guarded(starter_release, Limits(keyless=False))
    response = client.get(PAY)
    assert response.status_code == 403
    assert response.json() == {
        "error": "Access denied. You or your app must supply valid credentials to access this API."
    }
    assert client.get("http://testserver//api/v1/ashe/estimatePay?soc=4135").status_code == 403
    assert client.get(PAY, headers=signed()).status_code == 200
    assert client.options(PAY).status_code == 204
    assert client.get("/healthz").status_code == 200
    script = client.get(PAY + "&callback=f")
    assert script.status_code == 200
    assert script.text.startswith('f({"error":"Access denied.')


def test_a_quota_is_spent_and_comes_back(starter_release: Path) -> None:
    clock = Clock()
    client = guarded(starter_release, Limits(keyless_per_ip=2, per_key=3, minutes=5), clock)
    assert [client.get(PAY).status_code for _ in range(3)] == [200, 200, 403]
    assert client.get(PAY).json() == {
        "error": "Request quota per IP exceeded (2 reqs / 5 mins). Please wait before making new requests."
    }
    assert [client.get(PAY, headers=signed()).status_code for _ in range(4)] == [200, 200, 200, 403]
    assert "per key exceeded (3 reqs / 5 mins)" in client.get(PAY, headers=signed()).json()["error"]
    clock.seconds += 300
    assert client.get(PAY).status_code == 200


def test_a_file_of_keys_is_read_and_a_wrong_one_stops_the_server(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({"keys": {"secrets": {"id": "secret"}}, "limits": {"keyless": False}}), "utf-8")
    assert _gate(file).admit([], b"", "1.2.3.4").refusal is not None
    file.write_text(json.dumps({"limits": {"minutes": "soon"}}), "utf-8")
    with pytest.raises(Stop, match="keys"):
        _gate(file)
