"""Model invocation logging's configuration, of an account in a region."""

from support import clients

CONFIG = {"s3Config": {"bucketName": "logs"}, "textDataDeliveryEnabled": True}


def test_the_configuration_is_its_regions(server, control):
    elsewhere = clients.boto("bedrock", server.url, region="eu-west-1")
    control.put_model_invocation_logging_configuration(loggingConfig=CONFIG)
    assert control.get_model_invocation_logging_configuration()["loggingConfig"] == CONFIG
    assert "loggingConfig" not in elsewhere.get_model_invocation_logging_configuration()
    for _ in range(2):
        control.delete_model_invocation_logging_configuration()
        assert "loggingConfig" not in control.get_model_invocation_logging_configuration()
