"""Addresses of stores: what is one, and that a password in one is never shown."""

from __future__ import annotations

import pytest

from nmtchoose.errors import Code, StoreError
from nmtchoose.records.database import is_server, without_password

PASSWORDS = ("secret", "se@cret", "se/cret", "se#cret", "se?cret", "se[cret", "se%cret", "se cret", "se:cret", "@")


@pytest.mark.parametrize("password", PASSWORDS)
def test_a_password_is_never_shown(password: str) -> None:
    shown = without_password(f"postgresql://desk:{password}@server/records?sslmode=require")
    assert shown == "postgresql://desk:***@server/records?sslmode=require"


def test_a_password_behind_the_address_is_not_shown_either() -> None:
    shown = without_password("postgresql://server/records?user=desk&password=secret&sslmode=require")
    assert shown == "postgresql://server/records?user=desk&password=***&sslmode=require"


@pytest.mark.parametrize(
    "address", ["/a/file@home.db", "records.db", "postgresql://server/records", "postgres://a@b/c"]
)
def test_an_address_without_one_is_shown_as_it_is(address: str) -> None:
    assert without_password(address) == address


@pytest.mark.parametrize("password", ["se@cret", "se/cret", "se#cret", "se?cret", "se[cret", "se%cret", "se cret"])
def test_a_sign_that_would_be_misread_is_refused_and_not_shown(password: str) -> None:
    with pytest.raises(StoreError) as refused:
        is_server(f"postgresql://desk:{password}@server/records")
    assert [one.code for one in refused.value.faults] == [Code.STORE_ADDRESS]
    assert "cret" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["postgresql://desk:se%40cret@server/records", "postgresql://desk@%2Ftmp%2Fsocket/records"]
)
def test_written_out_it_is_an_address(address: str) -> None:
    assert is_server(address)
