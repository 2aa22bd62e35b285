"""The scene of the tests of signatures: holds and releases must be signed."""

import json

from odoo.tests import HttpCase

from ..common import KitchenCase

QUALITY = "batch_tracking.group_quality_manager"
PASSWORD = "quality-password"


class SignedCase(KitchenCase):
    """A company wants holds and releases signed; a lot is on hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot(cls.hummus, "H-1")
        cls.lot._set_disposition(cls.disposition("hold"), "Smells odd")
        cls.quality = cls.user("quality", QUALITY)
        cls.quality.password = PASSWORD
        cls.company.batch_sign = True

    def values(self):
        return {
            "lot_ids": self.lot.ids,
            "disposition_id": self.disposition("released").id,
            "reason": "Tested again",
        }


class SignedInBrowserCase(SignedCase, HttpCase):
    """A quality manager sits at a browser."""

    def setUp(self):
        super().setUp()
        self.authenticate("quality", PASSWORD)

    def call(self, model, method, *args, **kwargs):
        response = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": kwargs,
                    },
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        self.env.invalidate_all()
        return response.get("result", response.get("error"))

    def type_password(self, question, password=PASSWORD):
        return self.call(
            "res.users.identitycheck",
            "run_check",
            [question["res_id"]],
            context={"password": password},
        )
