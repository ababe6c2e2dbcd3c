"""Web push against a real push service: encrypted, signed, retried, given up; and where it may not go."""

import base64
import json
import socket
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from tests.app.push_service import Browser, PushService

from remit.core import clock
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Job
from remit.notices.actions import MOST_BROWSERS, Message, choose_channels, see, settle, tell, try_out
from remit.notices.models import Delivery, Notice, PushSubscription
from remit.notices.push.endpoint import reachable_address, read_endpoint
from remit.notices.push.key import public_key
from remit.notices.push.sending import push
from remit.trail.models import Entry

URGENT = Message(
    code="approval-asked",
    subject="approval:1",
    title="Ana asks for 60 €",
    body="Dinner came late.",
    address="/approvals/1/",
    is_urgent=True,
)
CALM = Message(code="handed-over", subject="complaint:1", title="Ben handed it over", address="/c/1/")


@pytest.fixture
def service(settings):
    """A push service in one's own network."""
    settings.PUSH_INSIDE = True
    with PushService() as service:
        yield service


def _switch_on(client, browser):
    answer = client.post("/notices/browsers/", browser.form)
    assert answer.status_code == 204, answer.content
    return browser


def _decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_what_is_urgent_goes_out_at_once(house, signed_in, service, noon):
    phone = _switch_on(signed_in(house.sam), service.browser("phone"))
    tell([house.sam, house.mia], URGENT)
    run_due_jobs()
    ((path, headers, body),) = service.taken
    assert path == "/phone"
    assert phone.read(body) == {
        "title": "Ana asks for 60 €",
        "body": "Dinner came late.",
        "address": f"/notices/{Notice.objects.get(member=house.sam).pk}/open/",
        "about": "approval-asked approval:1",
        "urgent": True,
    }
    assert headers["Content-Encoding"] == "aes128gcm"
    assert (headers["Urgency"], headers["TTL"], len(headers["Topic"])) == ("high", "43200", 32)
    assert Delivery.objects.get().sent_at == noon


def test_it_is_signed_by_the_key_that_browsers_know(house, signed_in, service, noon):
    _switch_on(signed_in(house.sam), service.browser("phone"))
    tell([house.sam], URGENT)
    run_due_jobs()
    scheme, _, values = service.taken[0][1]["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in values.split(","))
    head, claims, signature = parts["t"].split(".")
    assert (scheme, parts["k"].rstrip("=")) == ("vapid", public_key())
    said = json.loads(_decoded(claims))
    assert said["aud"] == service.origin
    assert noon.timestamp() < said["exp"] <= noon.timestamp() + 24 * 3600
    assert said["sub"] == "mailto:remit@localhost"
    signed = _decoded(signature)
    numbers = (int.from_bytes(signed[:32], "big"), int.from_bytes(signed[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(public_key()))
    key.verify(encode_dss_signature(*numbers), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


def test_every_browser_gets_it_once(house, signed_in, service):
    for name in ("phone", "laptop"):
        _switch_on(signed_in(house.sam), service.browser(name))
    tell([house.sam], URGENT)
    run_due_jobs()
    assert sorted(path for path, _, _ in service.taken) == ["/laptop", "/phone"]


@pytest.mark.parametrize(("wish", "sent"), [("urgent", 1), ("all", 2), ("none", 0)])
def test_as_its_reader_wishes(house, signed_in, service, wish, sent):
    _switch_on(signed_in(house.sam), service.browser("phone"))
    choose_channels(house.sam, push=wish, mail="none")
    tell([house.sam], URGENT)
    tell([house.sam], CALM)
    run_due_jobs()
    assert len(service.taken) == sent


@pytest.mark.parametrize("what", ["seen", "settled", "replaced", "left"])
def test_what_waits_for_nobody_any_more_is_not_sent(house, signed_in, service, noon, what):
    _switch_on(signed_in(house.sam), service.browser("phone"))
    service.answers["/phone"] = 503
    tell([house.sam], URGENT)
    run_due_jobs(is_forgiving=True)
    assert len(service.taken) == 1
    service.answers.clear()
    if what == "seen":
        see(house.sam, Notice.objects.get().pk)
    elif what == "settled":
        settle("approval:1")
    elif what == "left":
        house.sam.left_at = noon
        house.sam.save()
    else:
        tell([house.sam], URGENT)
    with clock.at(noon + timedelta(hours=1)):
        run_due_jobs()
    assert len(service.taken) == (2 if what == "replaced" else 1)


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(house, signed_in, service, status):
    _switch_on(signed_in(house.sam), service.browser("phone"))
    service.answers["/phone"] = status
    tell([house.sam], URGENT)
    run_due_jobs()
    assert not PushSubscription.objects.exists()
    assert "no notices any more" in Delivery.objects.get().failed
    assert not Job.objects.filter(finished_at=None).exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_is_busy_is_tried_again_and_holds_up_no_other(house, signed_in, service, noon, status):
    for name in ("phone", "laptop"):
        _switch_on(signed_in(house.sam), service.browser(name))
    service.answers["/phone"] = status
    tell([house.sam], URGENT)
    run_due_jobs(is_forgiving=True)
    assert Delivery.objects.filter(sent_at=None).count() == 1
    service.answers.clear()
    with clock.at(noon + timedelta(minutes=1)):
        run_due_jobs()
    assert not Delivery.objects.filter(sent_at=None).exists()
    assert len(service.taken) == 3


def test_a_service_that_is_away_is_tried_again(house, signed_in, settings):
    settings.PUSH_INSIDE = True
    with PushService() as service:
        _switch_on(signed_in(house.sam), service.browser("phone"))
    tell([house.sam], URGENT)
    run_due_jobs(is_forgiving=True)
    job = Job.objects.get(finished_at=None)
    assert (job.attempts, job.needs_person_at) == (1, None)


@pytest.mark.parametrize("status", [400, 401, 403, 413])
def test_a_service_that_refuses_for_good_needs_a_person(house, signed_in, service, status):
    _switch_on(signed_in(house.sam), service.browser("phone"))
    service.answers["/phone"] = status
    tell([house.sam], URGENT)
    run_due_jobs()
    assert f"({status})" in Job.objects.get(finished_at=None).last_error


def test_nobody_follows_where_a_service_points(house, signed_in, service):
    _switch_on(signed_in(house.sam), service.browser("phone"))
    service.answers["/phone"] = 307
    tell([house.sam], URGENT)
    run_due_jobs()
    assert "(307)" in Job.objects.get(finished_at=None).last_error


def test_never_inside_a_write(house, signed_in, service):
    _switch_on(signed_in(house.sam), service.browser("phone"))
    tell([house.sam], URGENT)
    with pytest.raises(RuntimeError), write():
        push(Notice.objects.get(), PushSubscription.objects.get())
    assert service.taken == []


def test_a_long_body_is_cut_so_that_every_service_takes_it(house, signed_in, service):
    phone = _switch_on(signed_in(house.sam), service.browser("phone"))
    tell([house.sam], Message(code="a", subject="b", title="t", body="ä" * 9000, address="/", is_urgent=True))
    run_due_jobs()
    body = service.taken[0][2]
    assert len(body) < 4096
    assert phone.read(body)["body"] == "ä" * 600


class TestWhereItMayGo:
    @pytest.mark.parametrize(
        "address",
        [
            "http://push.example.org/x",
            "https://127.0.0.1/x",
            "https://10.1.2.3/x",
            "https://192.168.0.1/x",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/x",
            "https://[fd00::1]/x",
            "https://[::ffff:10.0.0.1]/x",
            "https://[::10.0.0.1]/x",
            "https://[64:ff9b::10.0.0.1]/x",
            "https://[64:ff9b:1::10.0.0.1]/x",
            "https://[2002:a00:1::]/x",
            "https://[2001:0:7f00:1::]/x",
            "https://[fec0::1]/x",
            "https://100.64.0.1/x",
            "https://0.0.0.0/x",
            "https://224.0.0.1/x",
            "https://localhost/x",
            "https://printer.local/x",
            "https://db.internal/x",
            "https://intranet/x",
            "https://push.example.org:22/x",
            "https://push.example.org:99999/x",
            "https://user@push.example.org/x",
            "https://push.example.org/a b",
            "https://push.example.org/\r\nHost: x",
            "https:///x",
            "ftp://push.example.org/x",
            "javascript:alert(1)",
            "",
            "https://push.example.org/" + "x" * 500,
        ],
    )
    def test_not_there(self, house, signed_in, address):
        form = Browser(address).form
        answer = signed_in(house.sam).post("/notices/browsers/", form)
        assert answer.status_code == 422
        assert not PushSubscription.objects.exists()

    @pytest.mark.parametrize(
        "address",
        ["https://fcm.googleapis.com/fcm/send/abc:d", "https://updates.push.services.mozilla.com/wpush/v2/g"],
    )
    def test_there(self, house, signed_in, address):
        _switch_on(signed_in(house.sam), Browser(address))
        assert read_endpoint(address).origin == address.split("/")[0] + "//" + address.split("/")[2]

    @pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.8", "::1", "fe80::1%eth0"])
    def test_a_name_that_leads_inside_is_found_when_it_is_looked_up(self, monkeypatch, inside):
        found = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", (inside, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        with pytest.raises(Refusal):
            reachable_address(read_endpoint("https://push.example.org/x"))

    def test_a_browser_whose_service_turned_inside_is_forgotten(self, house, signed_in, service, settings):
        _switch_on(signed_in(house.sam), service.browser("phone"))
        settings.PUSH_INSIDE = False
        tell([house.sam], URGENT)
        run_due_jobs()
        assert service.taken == []
        assert not PushSubscription.objects.exists()


class TestSwitching:
    def test_on_twice_is_on_once(self, house, signed_in, service):
        phone = service.browser("phone")
        for _ in range(2):
            _switch_on(signed_in(house.sam), phone)
        assert PushSubscription.objects.count() == 1
        assert Entry.objects.filter(act="push-switched-on").count() == 1

    def test_a_shared_browser_belongs_to_whoever_switched_it_on_last(self, house, signed_in, service):
        phone = service.browser("phone")
        _switch_on(signed_in(house.sam), phone)
        _switch_on(signed_in(house.ana), phone)
        assert PushSubscription.objects.get().member == house.ana

    def test_the_oldest_makes_room(self, house, signed_in, service, noon):
        for number in range(MOST_BROWSERS + 2):
            with clock.at(noon + timedelta(minutes=number)):
                _switch_on(signed_in(house.sam), service.browser(f"b{number}"))
        assert PushSubscription.objects.count() == MOST_BROWSERS
        assert not PushSubscription.objects.filter(endpoint__endswith="/b0").exists()

    @pytest.mark.parametrize(
        "keys", [{"public_key": "AAAA"}, {"auth_secret": "AAAA"}, {"public_key": "ä"}, {"auth_secret": ""}]
    )
    def test_keys_that_can_not_be_used(self, house, signed_in, service, keys):
        form = service.browser("phone").form | keys
        assert signed_in(house.sam).post("/notices/browsers/", form).status_code == 422

    def test_off_by_its_endpoint_and_again(self, house, signed_in, service):
        phone = _switch_on(signed_in(house.sam), service.browser("phone"))
        for _ in range(2):
            answer = signed_in(house.sam).post("/notices/browsers/gone/", {"endpoint": phone.endpoint})
            assert answer.status_code == 204
        assert not PushSubscription.objects.exists()
        assert Entry.objects.filter(act="push-switched-off").count() == 1

    def test_off_by_its_number(self, house, signed_in, service):
        _switch_on(signed_in(house.sam), service.browser("phone"))
        number = PushSubscription.objects.get().pk
        assert signed_in(house.sam).post("/notices/browsers/gone/", {"browser": number}).status_code == 302
        assert not PushSubscription.objects.exists()

    @pytest.mark.parametrize("by", ["browser", "endpoint"])
    def test_nobody_switches_off_somebody_elses(self, house, signed_in, service, by):
        phone = _switch_on(signed_in(house.sam), service.browser("phone"))
        values = {"browser": PushSubscription.objects.get().pk, "endpoint": phone.endpoint}
        signed_in(house.ana).post("/notices/browsers/gone/", {by: values[by]})
        assert PushSubscription.objects.exists()

    def test_trying_it_out(self, house, signed_in, service):
        phone = _switch_on(signed_in(house.sam), service.browser("phone"))
        assert signed_in(house.sam).post("/notices/channels/try/").status_code == 302
        run_due_jobs()
        assert phone.read(service.taken[0][2])["title"] == "This is how a notice looks"

    def test_the_key_is_kept_and_for_its_owner_alone(self, settings, tmp_path):
        settings.DATA = tmp_path
        key = public_key()
        file = tmp_path / "push-key.pem"
        assert file.stat().st_mode & 0o777 == 0o600
        assert [each.name for each in tmp_path.iterdir()] == ["push-key.pem"]
        assert public_key() == key
        assert len(_decoded(key)) == 65


class TestItsPages:
    def test_the_worker_stands_at_the_root(self, client, db):
        answer = client.get("/notices-worker.js")
        assert answer["Content-Type"] == "text/javascript"
        assert answer["Service-Worker-Allowed"] == "/"
        assert b"notificationclick" in answer.getvalue()

    def test_the_page_of_the_channels(self, house, signed_in, service):
        _switch_on(signed_in(house.sam), service.browser("phone"))
        page = signed_in(house.sam).get("/notices/channels/").content.decode()
        assert public_key() in page
        assert "My browsers" in page
        assert "no mail server yet" in page
        assert "<c-" not in page

    def test_choosing(self, house, signed_in):
        client = signed_in(house.sam)
        for _ in range(2):
            assert client.post("/notices/channels/", {"push": "all", "mail": "none"}).status_code == 302
        page = client.get("/notices/channels/")
        assert page.context["form"].initial == {"push": "all", "mail": "none", "monday": False}

    def test_what_can_not_be_chosen(self, house, signed_in):
        answer = signed_in(house.sam).post("/notices/channels/", {"push": "often", "mail": "none"})
        assert answer.status_code == 422
        assert answer.context["form"]["mail"].value() == "none"

    @pytest.mark.parametrize("address", ["/notices/", "/notices/channels/", "/notices/1/open/"])
    def test_whoever_is_not_signed_in_is_sent_to_the_door(self, client, db, address):
        assert client.get(address).status_code == 302

    def test_a_trial_is_urgent(self, house):
        try_out(house.sam)
        assert Notice.objects.get().is_urgent
