"""A certification and timestamp authority on this computer (certomancer), right and wrong in many ways.

Its clock stands still at a time of the tests' choosing. Under ``/rancang/tsa/...`` it answers rightly;
``/fault/KIND/...`` passes a request on and spoils the answer in one way.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asn1crypto import core, tsp
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, KeyLabel, ServiceLabel
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509 import ocsp
from werkzeug.serving import BaseWSGIServer, make_server

from desktop.trust.signer import Signer, SoftSigner

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
WITHDRAWN = NOW + dt.timedelta(days=20)
"""From when on the certificate of ``withdrawn`` is revoked."""
ENDED = NOW + dt.timedelta(days=200)
"""Until when the certificate of ``short`` is valid."""

_AUTHORITIES = ("root", "interm", "time-root", "strange-root")
_PEOPLE = {"mayor": "Bupati", "secretary": "Sekda"} | dict.fromkeys(("team", "withdrawn", "short"), "Tim")
"""What signers are called: as in the packages of tests/submission/making.py."""
_SIGNERS = ("mayor", "secretary", "team", "withdrawn", "short")
_STAMPERS = {
    "tsa-retired": "time-root",
    "tsa-stolen": "time-root",
    "tsa": "time-root",
    "tsa-old": "time-root",
    "tsa-plain": "time-root",
    "tsa-strange": "strange-root",
}
_ALWAYS = {"valid-from": "2020-01-01T00:00:00+0000", "valid-to": "2040-01-01T00:00:00+0000"}


def _extension(name: str, value: object, *, critical: bool = False) -> dict[str, object]:
    return {"id": name, "critical": critical, "value": value}


def _usage(*names: str) -> dict[str, object]:
    return {
        "id": "key_usage",
        "critical": True,
        "smart-value": {"schema": "key-usage", "params": list(names)},
    }


_CA = [
    _extension("basic_constraints", {"ca": True}, critical=True),
    _usage("key_cert_sign", "crl_sign"),
]
_PERSON = [
    _usage("digital_signature", "non_repudiation"),
    {"id": "authority_information_access",
     "smart-value": {"schema": "aia-urls", "params": {"ocsp-responder-names": ["interm"]}}},
    {"id": "crl_distribution_points",
     "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": ["interm"]}}},
]  # fmt: skip
_ISSUER = [
    *_CA,
    {"id": "crl_distribution_points",
     "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": ["root"]}}},
]  # fmt: skip


def _certificates() -> dict[str, object]:
    def cert(name: str, issuer: str, extensions: list[Any], **more: object) -> dict[str, object]:
        return {
            "subject": name, "subject-key": name, "issuer": issuer, "authority-key": issuer,
            "validity": _ALWAYS, "extensions": extensions, **more,
        }  # fmt: skip

    found = {name: cert(name, name, _CA) for name in ("root", "time-root", "strange-root")}
    found["interm"] = cert("interm", "root", _ISSUER)
    found["ocsp"] = cert(
        "ocsp", "interm", [_usage("digital_signature"), _extension("extended_key_usage", ["ocsp_signing"])]
    )
    for name in _SIGNERS:
        found[name] = cert(name, "interm", _PERSON)
    found["withdrawn"]["revocation"] = {"revoked-since": WITHDRAWN.isoformat(), "reason": "superseded"}
    found["short"]["validity"] = {**_ALWAYS, "valid-to": ENDED.isoformat()}
    stamping = [
        _usage("digital_signature"),
        _extension("extended_key_usage", ["time_stamping"], critical=True),
    ]
    for name, issuer in _STAMPERS.items():
        found[name] = cert(name, issuer, stamping)
    found["tsa-plain"]["extensions"] = [_usage("digital_signature")]
    for name, reason in (("tsa-retired", "superseded"), ("tsa-stolen", "key_compromise")):
        found[name]["revocation"] = {"revoked-since": WITHDRAWN.isoformat(), "reason": reason}
    found["tsa-old"]["validity"] = {**_ALWAYS, "valid-to": "2025-01-01T00:00:00+0000"}
    return found


def _config(address: str) -> dict[str, object]:
    names = [*_AUTHORITIES, "ocsp", *_SIGNERS, *_STAMPERS]
    return {
        "external-url-prefix": address,
        "keysets": {"keys": {"path-prefix": ".", "keys": {name: {"path": f"{name}.key"} for name in names}}},
        "pki-architectures": {
            "rancang": {
                "keyset": "keys",
                "entity-defaults": {"country-name": "ID", "organization-name": "Contoh PKI"},
                "entities": {name: {"common-name": f"Contoh {_PEOPLE.get(name, name)}"} for name in names},
                "certs": _certificates(),
                "services": {
                    "ocsp": {"interm": {"for-issuer": "interm", "responder-cert": "ocsp"}},
                    "crl-repo": {
                        name: {
                            "for-issuer": name, "signing-key": name, "issuer-cert": name,
                            "simulated-update-schedule": "P1D",
                        }
                        for name in ("root", "interm", "time-root")
                    },
                    "time-stamping": {name: {"signing-cert": name} for name in _STAMPERS},
                },
            }
        },
    }  # fmt: skip


@dataclass
class Authority:
    """The running service."""

    address: str
    folder: Path
    config: CertomancerConfig
    animator: Animator
    asked: list[str] = field(default_factory=list)
    """The paths that were asked for."""
    away: set[str] = field(default_factory=set)
    """Kinds of service that are out of order."""

    @property
    def architecture(self) -> Any:
        return self.config.get_pki_arch(ArchLabel("rancang"))

    def tsa(self, name: str = "tsa") -> str:
        return f"{self.address}/rancang/tsa/{name}"

    def fault(self, kind: str) -> str:
        return f"{self.address}/fault/{kind}"

    def certificate(self, name: str) -> x509.Certificate:
        return x509.load_der_x509_certificate(self.architecture.get_cert(CertLabel(name)).dump())

    def pem(self, *names: str) -> list[Path]:
        paths = [self.folder / f"{name}.pem" for name in names]
        for name, path in zip(names, paths, strict=True):
            path.write_bytes(self.certificate(name).public_bytes(Encoding.PEM))
        return paths

    def key(self, name: str) -> Key:
        return Key(self, name)

    def crl(self, issuer: str) -> bytes:
        """The issuer's revocation list of now."""
        services = self.architecture.service_registry
        return bytes(services.get_crl(ServiceLabel(issuer), self.animator.fixed_time).dump())

    def answer(self, name: str, issuer: str) -> bytes:
        """What the issuer says of a certificate now."""
        builder = ocsp.OCSPRequestBuilder()
        builder = builder.add_certificate(self.certificate(name), self.certificate(issuer), hashes.SHA1())
        request = asn1_ocsp.OCSPRequest.load(builder.build().public_bytes(Encoding.DER))
        services = self.architecture.service_registry
        responder = services.summon_responder(ServiceLabel(issuer), self.animator.fixed_time)
        return bytes(responder.build_ocsp_response(request).dump())

    @contextmanager
    def without(self, *kinds: str) -> Iterator[None]:
        """Some services are out of order."""
        self.away |= set(kinds)
        try:
            yield
        finally:
            self.away -= set(kinds)

    @contextmanager
    def clock(self, moment: dt.datetime) -> Iterator[None]:
        """The service's clock at another time."""
        before, self.animator.fixed_time = self.animator.fixed_time, moment
        try:
            yield
        finally:
            self.animator.fixed_time = before


@dataclass(frozen=True)
class Key:
    """A signer's key as a KeySource."""

    authority: Authority
    name: str

    @contextmanager
    def open(self) -> Iterator[Signer]:
        info = self.authority.architecture.key_set.get_private_key(KeyLabel(self.name))
        key = load_der_private_key(info.dump(), None)
        assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
        chain = (self.authority.certificate("interm"), self.authority.certificate("root"))
        yield SoftSigner(key, self.authority.certificate(self.name), chain)


Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
TSP = "application/timestamp-reply"


class Service:
    """Certomancer's own application, and ways to spoil what it says."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self.released = threading.Event()
        """Set at the end: whoever is slow stops being so."""

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = str(environ["PATH_INFO"])
        self._authority.asked.append(path)
        if self._authority.away.intersection(path.split("/")):
            return self.fault_broken(b"", start)
        if not path.startswith("/fault/"):
            return self._authority.animator(environ, start)  # type: ignore[no-any-return]
        kind = path.removeprefix("/fault/").replace("-", "_")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        return getattr(self, f"fault_{kind}")(body, start)  # type: ignore[no-any-return]

    def fault_slow(self, body: bytes, start: Any) -> Iterable[bytes]:
        self.released.wait(60)
        return self._say(start, b"")

    def fault_trickle(self, body: bytes, start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", TSP), ("Content-Length", "100000")])
        while not self.released.wait(0.05):
            yield b"."

    def fault_html(self, body: bytes, start: Any) -> Iterable[bytes]:
        return self._say(start, b"<html>Silakan masuk ke Wi-Fi hotel</html>", "text/html; charset=utf-8")

    def fault_garbage(self, body: bytes, start: Any) -> Iterable[bytes]:
        return self._say(start, b"\x30\x82\x01\x00garbage")

    def fault_huge(self, body: bytes, start: Any) -> Iterable[bytes]:
        return self._say(start, bytes(3 << 20))

    def fault_loop(self, body: bytes, start: Any) -> Iterable[bytes]:
        start("307 Temporary Redirect", [("Location", "/fault/loop"), ("Content-Length", "0")])
        return [b""]

    def fault_moved(self, body: bytes, start: Any) -> Iterable[bytes]:
        start("307 Temporary Redirect", [("Location", "/rancang/tsa/tsa"), ("Content-Length", "0")])
        return [b""]

    def fault_elsewhere(self, body: bytes, start: Any) -> Iterable[bytes]:
        start("302 Found", [("Location", "file:///etc/passwd"), ("Content-Length", "0")])
        return [b""]

    def fault_broken(self, body: bytes, start: Any) -> Iterable[bytes]:
        start("503 Service Unavailable", [("Content-Type", "text/plain"), ("Content-Length", "4")])
        return [b"maaf"]

    def fault_rejected(self, body: bytes, start: Any) -> Iterable[bytes]:
        status = {"status": "rejection", "status_string": ["kuota habis"], "fail_info": {"bad_request"}}
        rejected = core.SequenceOf([tsp.PKIStatusInfo(status)], spec=tsp.PKIStatusInfo)
        return self._say(start, rejected.dump())

    def fault_nonce(self, body: bytes, start: Any) -> Iterable[bytes]:
        return self._stamped(body, start, nonce=core.Integer(4711))

    def fault_imprint(self, body: bytes, start: Any) -> Iterable[bytes]:
        imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
        return self._stamped(body, start, message_imprint=imprint)

    def fault_signature(self, body: bytes, start: Any) -> Iterable[bytes]:
        def spoil(response: tsp.TimeStampResp) -> bytes:
            info = response["time_stamp_token"]["content"]["signer_infos"][0]
            value, data = info["signature"].native, response.dump()
            return bytes(data.replace(value, value[:-1] + bytes([value[-1] ^ 1])))

        return self._stamped(body, start, spoil)

    def fault_stuffed(self, body: bytes, start: Any) -> Iterable[bytes]:
        """A sound token with far more certificates in it than anybody needs."""

        def stuff(response: tsp.TimeStampResp) -> bytes:
            # read anew: what is put together by hand is written a great many times
            read = tsp.TimeStampResp.load(response.dump())
            content = read["time_stamp_token"]["content"]
            more = [self._authority.certificate(name).public_bytes(Encoding.DER) for name in _AUTHORITIES]
            content["certificates"] = [
                *content["certificates"], *(asn1_x509.Certificate.load(one) for one in more * 16)
            ]  # fmt: skip
            data = bytes(read.dump())
            assert len(data) > 24 << 10
            return data

        return self._stamped(body, start, stuff)

    def _stamped(
        self,
        body: bytes,
        start: Any,
        spoil: Callable[[tsp.TimeStampResp], bytes] = lambda response: bytes(response.dump()),
        **changes: object,
    ) -> Iterable[bytes]:
        request = tsp.TimeStampReq.load(body)
        for name, value in changes.items():
            request[name] = value
        stamper = self._authority.architecture.service_registry.summon_timestamper(
            "tsa", self._authority.animator.fixed_time
        )
        return self._say(start, spoil(stamper.request_tsa_response(request)))

    def _say(self, start: Any, body: bytes, kind: str = TSP) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]


def _write_keys(folder: Path) -> None:
    for name in (*_AUTHORITIES, "ocsp", *_SIGNERS, *_STAMPERS):
        # One of each kind; the rest are the quick ones.
        key: Any = (
            rsa.generate_private_key(65537, 2048)
            if name in {"mayor", "tsa"}
            else ec.generate_private_key(ec.SECP256R1())
        )
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{name}.key").write_bytes(pem)


@contextmanager
def running(folder: Path) -> Iterator[Authority]:
    """The service on a free port of this computer, until the end of the ``with``."""

    def nothing(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        raise AssertionError

    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server: BaseWSGIServer = make_server("127.0.0.1", 0, nothing, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    _write_keys(folder)
    config = CertomancerConfig(
        json.loads(json.dumps(_config(address))), key_search_dir=str(folder), config_search_dir=str(folder)
    )
    animator = Animator(AnimatorArchStore(config.pki_archs), at_time=NOW, with_web_ui=False)
    authority = Authority(address, folder, config, animator)
    service = Service(authority)
    server.app = service
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        service.released.set()
        server.shutdown()
        thread.join()
        with contextlib.suppress(OSError):
            server.server_close()
