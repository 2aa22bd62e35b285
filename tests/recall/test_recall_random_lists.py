from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.recall.paste import read_list


class TestRecallListsAlways(BaseCase):
    @settings(deadline=None)
    @given(
        st.lists(st.from_regex(r"[A-Z][A-Z0-9 /\-]{0,8}[A-Z0-9]", fullmatch=True)),
        st.sampled_from(["\n", "\r\n", ",", ";", "\t", " , ", "\n\n"]),
        st.booleans(),
    )
    def test_a_list_gives_its_numbers_in_order(self, numbers, separator, quoted):
        shown = [f'"{number}"' if quoted else number for number in numbers]
        pasted = read_list(separator.join(shown))
        found = [entry.number for entry in pasted.entries]
        self.assertEqual(found, list(dict.fromkeys(numbers)))
        self.assertEqual(len(found) + len(pasted.repeated), len(numbers))

    @settings(deadline=None)
    @given(st.text('",;\n\t a1()\x1d0'))
    def test_any_text_is_read(self, text):
        for entry in read_list(text).entries:
            self.assertTrue(entry.number)
