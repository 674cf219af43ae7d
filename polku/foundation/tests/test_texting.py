"""What a text message says, at which hours it goes, and what a gateway's answers mean."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured

from polku.config import reading
from polku.foundation import clock, texting
from polku.foundation.checks import what_carries_text_messages_is_there
from polku.foundation.tests.receiving import receiver
from polku.launch import places

__all__ = ["receiver"]

UTC = "+00:00"
# Helsinki is two hours ahead in winter, three in summer; on 29 March 2026 the hour after three is
# left out, on 25 October 2026 the hour after three comes twice.
HOURS = [
    ("2026-01-13T06:00", "2026-01-13T06:00"),
    ("2026-01-13T05:59:59", "2026-01-13T06:00"),
    ("2026-01-13T17:59:59", "2026-01-13T17:59:59"),
    ("2026-01-13T18:00", "2026-01-14T06:00"),
    ("2026-01-12T22:30", "2026-01-13T06:00"),
    ("2026-07-01T05:00", "2026-07-01T05:00"),
    ("2026-07-01T17:00", "2026-07-02T05:00"),
    ("2026-03-28T18:30", "2026-03-29T05:00"),
    ("2026-03-29T00:59", "2026-03-29T05:00"),
    ("2026-03-29T01:00", "2026-03-29T05:00"),
    ("2026-03-29T05:00", "2026-03-29T05:00"),
    ("2026-03-29T17:30", "2026-03-30T05:00"),
    ("2026-10-24T17:30", "2026-10-25T06:00"),
    ("2026-10-25T00:30", "2026-10-25T06:00"),
    ("2026-10-25T01:30", "2026-10-25T06:00"),
    ("2026-10-25T05:30", "2026-10-25T06:00"),
    ("2026-10-25T06:00", "2026-10-25T06:00"),
    ("2026-12-31T18:00", "2027-01-01T06:00"),
]


@pytest.mark.parametrize(("asked", "goes"), HOURS)
def test_a_text_goes_between_eight_and_twenty_in_helsinki(asked, goes):
    found = texting.may_go_at(datetime.fromisoformat(asked + UTC))
    assert found == datetime.fromisoformat(goes + UTC)


def test_each_quarter_of_a_year_goes_by_day_soon_and_never_twice_put_off():
    moment = datetime.fromisoformat(f"2026-01-01T00:00{UTC}")
    for _ in range(366 * 96):
        goes = texting.may_go_at(moment)
        assert 8 <= clock.local(goes).hour < 20
        assert timedelta(0) <= goes - moment <= timedelta(hours=13)
        assert texting.may_go_at(goes) == goes
        moment += timedelta(minutes=15)


def test_a_text_says_its_subject_and_its_link_and_no_more_than_300_signs():
    assert texting.words("An agreement waits", link="https://x.fi/h/1/") == (
        "An agreement waits\nhttps://x.fi/h/1/"
    )
    assert texting.words("Your code", code="123456") == "Your code\n123456"
    link = "https://polku.example/h/" + "a" * 90 + "/"
    long = texting.words("ä" * 400, link=link)
    assert len(long) == 300 and long.endswith(f"...\n{link}")
    assert len(texting.words("ä" * 400, link="https://" + "x" * 300)) == 300


def sent(to="+358401234567", id_=None):
    texting.send(to=to, text="Hei", message_id=id_ or uuid4())


def test_the_gateway_gets_number_text_sender_and_id(receiver):
    one = uuid4()
    sent(id_=one)
    said = {"to": "+358401234567", "text": "Hei", "from": "Testi", "id": str(one)}
    assert receiver.asked == [said] and receiver.paths == ["/send"]


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_any_2xx_is_taken(receiver, status):
    receiver.answers = [status]
    sent()
    assert len(receiver.taken) == 1


@pytest.mark.parametrize("status", [400, 402, 403, 404, 409, 422])
def test_what_is_refused_is_refused_for_good(receiver, status):
    receiver.answers = [status]
    with pytest.raises(texting.Refused, match=f"^{status}$"):
        sent()


@pytest.mark.parametrize("status", [301, 302, 307, 308, 408, 425, 429, 500, 502, 503])
def test_what_may_pass_is_tried_again_and_no_redirect_is_followed(receiver, status):
    receiver.answers = [status]
    with pytest.raises(texting.NotNow, match=f"^{status}$"):
        sent()
    assert receiver.paths == ["/send"]


def test_a_wrong_token_is_refused(receiver, settings):
    settings.SMS_TOKEN = "another"
    with pytest.raises(texting.Refused, match="^401$"):
        sent()
    assert receiver.taken == {}


def test_a_gateway_that_is_down_is_a_fault_of_the_network(receiver, settings):
    settings.SMS_URL = "http://127.0.0.1:9/send"
    with pytest.raises(OSError):
        sent()


@pytest.mark.parametrize(
    "value",
    [
        "http://example.fi/send", "http://127.0.0.1.example.fi/", "http://127.0.0.1@example.fi/",
        "https://" + "name:word@example.fi/", "ftp://127.0.0.1/", "example.fi", "https://a b/",
    ],
)  # fmt: skip
def test_an_address_that_is_no_https_is_refused_without_being_told(monkeypatch, value):
    monkeypatch.setenv("POLKU_SMS_URL", value)
    with pytest.raises(ImproperlyConfigured, match="POLKU_SMS_URL") as caught:
        reading.gateway("POLKU_SMS_URL")
    assert value not in str(caught.value)


@pytest.mark.parametrize(
    "value", ["", "https://sms.example.fi/v1/send?a=1", "http://127.0.0.1:8099/send"]
)
def test_control_an_https_address_and_this_machine_are_taken(monkeypatch, value):
    monkeypatch.setenv("POLKU_SMS_URL", value)
    assert reading.gateway("POLKU_SMS_URL") == value


def test_a_gateway_without_a_token_stops_the_start(monkeypatch):
    monkeypatch.delenv("POLKU_SMS_TOKEN", raising=False)
    assert reading.secret("POLKU_SMS_TOKEN", needed_by="POLKU_SMS_URL") == ""
    monkeypatch.setenv("POLKU_SMS_URL", "https://sms.example.fi/")
    with pytest.raises(ImproperlyConfigured, match="POLKU_SMS_TOKEN"):
        reading.secret("POLKU_SMS_TOKEN", needed_by="POLKU_SMS_URL")
    monkeypatch.setenv("POLKU_SMS_TOKEN", "two\nlines")
    with pytest.raises(ImproperlyConfigured) as caught:
        reading.secret("POLKU_SMS_TOKEN", needed_by="POLKU_SMS_URL")
    assert "lines" not in str(caught.value)


@pytest.mark.parametrize(("env", "kept"), [("demo", False), ("development", True)])
def test_a_demo_texts_nobody_whatever_is_set(tmp_path, env, kept):
    given = {
        "POLKU_ENV": env,
        "POLKU_DEMO": "0",
        "POLKU_STATE_DIR": str(tmp_path),
        "POLKU_SMS_URL": "https://sms.example.fi/send",
        "POLKU_SMS_TOKEN": "token",
    }
    asked = "from polku.config import settings; print(bool(settings.SMS_URL))"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, **given},
        cwd=places.CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == str(kept)


def test_an_adapter_that_is_not_there_is_found_by_the_check(settings):
    assert what_carries_text_messages_is_there(None) == []
    settings.SMS_URL = "https://sms.example.fi/"
    assert what_carries_text_messages_is_there(None) == []
    settings.SMS_ADAPTER = "house.own.Adapter"
    assert [one.id for one in what_carries_text_messages_is_there(None)] == ["polku.E004"]
