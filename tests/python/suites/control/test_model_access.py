"""The use case form and the agreements on models."""

from support import clients, models
from support.errors import refused

FORM = b'{"companyName":"Rock"}'
NOVA = "amazon.nova-lite-v1:0"


def agreement(control, model: str) -> str:
    seen = control.get_foundation_model_availability(modelId=model)
    assert seen["authorizationStatus"] == "AUTHORIZED"
    assert (seen["entitlementAvailability"], seen["regionAvailability"]) == ("AVAILABLE", "AVAILABLE")
    return seen["agreementAvailability"]["status"]


def test_the_form_comes_back(start_server):
    control = clients.boto("bedrock", start_server().url)
    with refused("ResourceNotFoundException", 404):
        control.get_use_case_for_model_access()
    control.put_use_case_for_model_access(formData=FORM)
    assert control.get_use_case_for_model_access()["formData"] == FORM


def test_an_agreement_from_offer_to_end(control):
    model = models.SONNET_MODEL
    assert agreement(control, model) == "NOT_AVAILABLE"
    offers = control.list_foundation_model_agreement_offers(modelId=model)["offers"]
    token = offers[0]["offerToken"]
    assert control.create_foundation_model_agreement(modelId=model, offerToken=token)["modelId"] == model
    assert agreement(control, model) == "AVAILABLE"
    with refused("ConflictException", 400):
        control.create_foundation_model_agreement(modelId=model, offerToken=token)
    control.delete_foundation_model_agreement(modelId=model)
    assert agreement(control, model) == "NOT_AVAILABLE"


def test_models_that_are_not_sold_need_none(control):
    assert agreement(control, NOVA) == "AVAILABLE"
    assert control.list_foundation_model_agreement_offers(modelId=NOVA)["offers"] == []
