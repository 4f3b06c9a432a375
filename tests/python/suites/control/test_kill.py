"""A server that is killed while many create: what it acknowledged is there afterwards, and nothing is half there.

`OUTCROP_KILL_ROUNDS` says how often, 3 times if not said.
"""

import collections
import itertools
import os
import random
import threading
import time
import uuid

import pytest
from botocore.exceptions import BotoCoreError

from support import clients, models, stores
from support.offline import ACCOUNT

ROUNDS = int(os.environ.get("OUTCROP_KILL_ROUNDS", "3"))
WRITERS = 8
DEADLINE = 60
NOVA_ARN = f"arn:aws:bedrock:us-east-1::foundation-model/{models.NOVA_LITE}"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/killed"
BLOCKED = {"blockedInputMessaging": "Not that.", "blockedOutputsMessaging": "Not this."}


def tags(name: str) -> list[dict]:
    return [{"key": "name", "value": name}]


class Guardrails:
    """A guardrail and a version of it, which are records of their own."""

    def create(self, control, name: str, token: str) -> dict:
        made = control.create_guardrail(
            name=name,
            clientRequestToken=token,
            tags=tags(name),
            wordPolicyConfig={"wordsConfig": [{"text": name}]},
            **BLOCKED,
        )
        version = control.create_guardrail_version(guardrailIdentifier=made["guardrailId"], clientRequestToken=token)
        return {"arn": made["guardrailArn"], "createdAt": made["createdAt"], "version": version["version"]}

    def check(self, control, name: str, made: dict) -> None:
        draft = control.get_guardrail(guardrailIdentifier=made["arn"])
        version = control.get_guardrail(guardrailIdentifier=made["arn"], guardrailVersion="1")
        assert (draft["name"], draft["createdAt"]) == (name, made["createdAt"])
        assert (version["name"], version["version"]) == (name, made["version"])
        assert version["wordPolicy"] == draft["wordPolicy"] == {"words": [{"text": name}]}

    def listed(self, control):
        for page in control.get_paginator("list_guardrails").paginate(PaginationConfig={"PageSize": 1000}):
            yield from ((item["name"], item["arn"]) for item in page["guardrails"])


class Profiles:
    """An inference profile with tags."""

    def create(self, control, name: str, token: str) -> dict:
        made = control.create_inference_profile(
            inferenceProfileName=name, modelSource={"copyFrom": NOVA_ARN}, clientRequestToken=token, tags=tags(name)
        )
        return {"arn": made["inferenceProfileArn"]}

    def check(self, control, name: str, made: dict) -> None:
        found = control.get_inference_profile(inferenceProfileIdentifier=made["arn"])
        assert (found["inferenceProfileName"], found["models"]) == (name, [{"modelArn": NOVA_ARN}])

    def listed(self, control):
        pages = control.get_paginator("list_inference_profiles").paginate(
            typeEquals="APPLICATION", PaginationConfig={"PageSize": 1000}
        )
        for page in pages:
            for item in page["inferenceProfileSummaries"]:
                yield item["inferenceProfileName"], item["inferenceProfileArn"]


class Jobs:
    """A job whose name, and that of its model, are taken with it."""

    def create(self, control, name: str, token: str) -> dict:
        made = control.create_model_customization_job(
            jobName=name,
            customModelName=name,
            roleArn=ROLE,
            baseModelIdentifier="amazon.nova-lite-v1:0:300k",
            trainingDataConfig={"s3Uri": "s3://killed/training.jsonl"},
            outputDataConfig={"s3Uri": "s3://killed/output/"},
            hyperParameters={"epochCount": "2"},
            jobTags=tags(name),
            clientRequestToken=token,
        )
        return {"arn": made["jobArn"]}

    def check(self, control, name: str, made: dict) -> None:
        job = control.get_model_customization_job(jobIdentifier=made["arn"])
        assert (job["jobName"], job["status"]) == (name, "Completed")
        model = control.get_custom_model(modelIdentifier=job["outputModelArn"])
        assert (model["modelName"], model["jobArn"]) == (name, made["arn"])

    def listed(self, control):
        pages = control.get_paginator("list_model_customization_jobs").paginate(PaginationConfig={"PageSize": 1000})
        for page in pages:
            for item in page["modelCustomizationJobSummaries"]:
                yield item["jobName"], item["jobArn"]


KINDS = (Guardrails(), Profiles(), Jobs())


class Writers:
    """Threads that create until their server is gone."""

    def __init__(self, url: str, round_: int):
        self._control = clients.boto("bedrock", url, max_pool_connections=WRITERS)
        self._round = round_
        self._numbers = itertools.count()
        self._lock = threading.Condition()
        # What was begun, and what came of it: by kind and name.
        self.tokens, self.acknowledged, self.failures = {}, {}, []
        self._threads = [threading.Thread(target=self._write, daemon=True) for _ in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def wait(self, count: int) -> None:
        """Waits until so many creations are acknowledged."""
        with self._lock:
            done = self._lock.wait_for(lambda: self.failures or len(self.acknowledged) >= count, DEADLINE)
        assert done and not self.failures, self.failures

    def end(self) -> None:
        """Waits for the threads, whose server is gone."""
        for thread in self._threads:
            thread.join(DEADLINE)
            assert not thread.is_alive()
        assert not self.failures, self.failures

    def _write(self) -> None:
        try:
            while True:
                number = next(self._numbers)
                kind = KINDS[number % len(KINDS)]
                key = (kind, f"killed-{self._round}-{number}")
                token = self.tokens[key] = uuid.uuid4().hex
                made = kind.create(self._control, key[1], token)
                with self._lock:
                    self.acknowledged[key] = made
                    self._lock.notify_all()
        except BotoCoreError:
            # The server is gone, and with it what the answer would have been.
            return
        except Exception as error:
            with self._lock:
                self.failures.append(error)
                self._lock.notify_all()


def check(control, writers: Writers, expected: dict) -> None:
    """Looks for what one round acknowledged, and whether what is listed is whole."""
    for (kind, name), made in writers.acknowledged.items():
        kind.check(control, name, made)
        assert control.list_tags_for_resource(resourceARN=made["arn"])["tags"] == tags(name)
    # Whoever got no answer asks again, with the same token: then it has happened, and once.
    for (kind, name), token in writers.tokens.items():
        made = kind.create(control, name, token)
        assert writers.acknowledged.get((kind, name), made) == made
        kind.check(control, name, made)
        expected[kind].add((name, made["arn"]))
    for kind in KINDS:
        listed = collections.Counter(kind.listed(control))
        assert set(listed) == expected[kind]
        assert set(listed.values()) <= {1}


@pytest.mark.parametrize("store", stores.LASTING)
def test_what_was_acknowledged_survives(start_server, store, capsys):
    server = start_server(store=store)
    expected = {kind: set() for kind in KINDS}
    for round_ in range(ROUNDS):
        writers = Writers(server.url, round_)
        writers.wait(random.randint(1, 40))
        server.kill()
        writers.end()
        begun = time.monotonic()
        server.start()
        again = time.monotonic() - begun
        check(clients.boto("bedrock", server.url), writers, expected)
        made, open_ = len(writers.acknowledged), len(writers.tokens) - len(writers.acknowledged)
        with capsys.disabled():
            print(f"\n{store} {round_}: {made} acknowledged, {open_} open, ready again in {again:.2f} s", end="")
