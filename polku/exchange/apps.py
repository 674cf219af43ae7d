from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "polku.exchange"
    label = "exchange"

    def ready(self) -> None:
        from polku.exchange.models import ImportPart, ImportRun
        from polku.foundation import keys

        keys.sealed(ImportRun, "key_cipher", lambda run: f"import {run.id}")
        keys.sealed(ImportRun, "name_cipher", lambda run: f"name {run.id}")
        keys.sealed(ImportPart, "cipher", lambda part: f"report {part.run_id}")
