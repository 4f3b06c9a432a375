"""The data retention of an account, a mode for each region."""

import pytest

from support import clients
from support.errors import invalid

MODES = ["none", "default", "aws_review", "provider_data_share", "inherit"]


def test_the_mode_comes_back_in_its_region(start_server):
    server = start_server()
    control = clients.boto("bedrock", server.url)
    untouched = control.get_account_data_retention()
    assert (untouched["mode"], "updatedAt" in untouched) == ("inherit", False)
    times = []
    for mode in MODES:
        put = control.put_account_data_retention(mode=mode)
        found = control.get_account_data_retention()
        assert (put["mode"], found["mode"]) == (mode, mode)
        assert put["updatedAt"] == found["updatedAt"]
        times.append(found["updatedAt"])
    assert times == sorted(times)
    elsewhere = clients.boto("bedrock", server.url, region="eu-west-1")
    control.put_account_data_retention(mode="none")
    assert elsewhere.get_account_data_retention()["mode"] == "inherit"


@pytest.mark.parametrize("mode", ["", "NONE", "zero"])
def test_other_modes_are_refused(control, mode):
    with invalid():
        control.put_account_data_retention(mode=mode)
