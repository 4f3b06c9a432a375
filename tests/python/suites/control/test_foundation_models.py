"""ListFoundationModels with its filters, and GetFoundationModel."""

import itertools

import pytest

from support import clients, models
from support.errors import invalid, refused

FILTERS = {
    "byProvider": ("providerName", ["Anthropic", "Amazon", "Mistral AI", "Nobody"]),
    "byCustomizationType": ("customizationsSupported", ["FINE_TUNING", "CONTINUED_PRE_TRAINING", "DISTILLATION"]),
    "byOutputModality": ("outputModalities", ["TEXT", "IMAGE", "EMBEDDING"]),
    "byInferenceType": ("inferenceTypesSupported", ["ON_DEMAND", "PROVISIONED"]),
}


@pytest.fixture(scope="module")
def everything(control) -> list[dict]:
    return control.list_foundation_models()["modelSummaries"]


def has(model: dict, filter_: str, value: str) -> bool:
    found = model[FILTERS[filter_][0]]
    return value == found if isinstance(found, str) else value in found


def streams(found: list[dict]) -> dict[str, bool | None]:
    """What the service says of streaming, which is nothing for some older models."""
    return {model["modelId"]: model.get("responseStreamingSupported") for model in found}


def ids(found: list[dict]) -> list[str]:
    return [model["modelId"] for model in found]


def test_the_listing_is_complete(everything):
    assert len(everything) > 120
    assert len(set(ids(everything))) == len(everything)
    assert models.HAIKU_3 in ids(everything)
    assert models.RETIRED not in ids(everything)
    for model in everything:
        assert model["modelArn"] == f"arn:aws:bedrock:us-east-1::foundation-model/{model['modelId']}"
        assert model["modelName"] and model["providerName"]
        assert model["modelLifecycle"]["status"] in ("ACTIVE", "LEGACY")


def test_it_tells_which_models_stream(everything):
    found = streams(everything)
    assert found[models.HAIKU_3] is True
    assert found[models.TITAN_EMBED] is False


@pytest.mark.parametrize("filter_", FILTERS)
def test_each_filter(control, everything, filter_):
    for value in FILTERS[filter_][1]:
        found = ids(control.list_foundation_models(**{filter_: value})["modelSummaries"])
        assert found == ids([model for model in everything if has(model, filter_, value)])
        assert bool(found) == (value != "Nobody") or filter_ == "byCustomizationType"


@pytest.mark.parametrize("pair", list(itertools.combinations(FILTERS, 2)), ids=" and ".join)
def test_filters_add_up(control, everything, pair):
    values = {filter_: FILTERS[filter_][1][0] for filter_ in pair}
    found = ids(control.list_foundation_models(**values)["modelSummaries"])
    assert found == ids([model for model in everything if all(has(model, *filter_) for filter_ in values.items())])


@pytest.mark.parametrize("filter_", ["byCustomizationType", "byOutputModality", "byInferenceType"])
def test_values_that_a_filter_does_not_have_are_refused(server, filter_):
    unchecked = clients.boto("bedrock", server.url, parameter_validation=False)
    with invalid() as error:
        unchecked.list_foundation_models(**{filter_: "SMELL"})
    assert (
        f"Value 'SMELL' at '{filter_}' failed to satisfy constraint: Member must satisfy enum value set: ["
        in (error["message"])
    )


def test_a_model_by_id_and_by_arn(control, everything):
    listed = {model["modelId"]: model for model in everything}
    for model_id in (models.HAIKU_3, models.NOVA_LITE, models.SONNET_MODEL):
        details = control.get_foundation_model(modelIdentifier=model_id)["modelDetails"]
        assert details == details | listed[model_id]
        assert control.get_foundation_model(modelIdentifier=details["modelArn"])["modelDetails"] == details


def test_an_unknown_model(control):
    with pytest.raises(control.exceptions.ClientError) as raised:
        control.get_foundation_model(modelIdentifier=models.UNKNOWN)
    assert raised.value.response["Error"]["Code"] in ("ValidationException", "ResourceNotFoundException")


def test_a_model_at_its_end_of_life(control):
    with refused("ResourceNotFoundException", 404):
        control.get_foundation_model(modelIdentifier=models.RETIRED)


def test_arns_are_of_the_callers_region(server):
    european = clients.boto("bedrock", server.url, region="eu-central-1")
    arns = [model["modelArn"] for model in european.list_foundation_models(byProvider="Amazon")["modelSummaries"]]
    assert arns and all(arn.startswith("arn:aws:bedrock:eu-central-1::") for arn in arns)
