from ..answer.answer_case import AnswerCase


class RemedyCase(AnswerCase):
    """Market had 40 of H-1 and 9 of H-2, bistro 8 of H-1; H-3 is good.

    Market has sent 25 of H-1 back, and destroyed 10.
    """

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        self.mine = self.row(self.recall, self.market, self.first)
        self.answer(
            self.recall,
            self.market,
            {self.first: {"returned": 25, "destroyed": 10, "used": 5}},
        )
        self.take_back(self.to_market, 25)

    def replace(self, rows=None, basis="recovered", user=None):
        rows = (rows or self.mine).with_user(user or self.manager)
        return rows._replace_soon(basis)
