from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ...tools.expiry.logger_file import Answers, read
from ...tools.expiry.logger_text import decoded

NOW = datetime(2026, 11, 30)
HOBO = """"Plot Title: cold room"
"#","Date Time, GMT-07:00","Temp, °C (LGR S/N: 10755220, LBL: Air)","Coupler Attached"
1,07/19/18 11:00:00 AM,7.654,Logged
2,07/19/18 12:00:00 PM,,Logged
3,07/19/18 01:00:00 PM,7.7,
"""


class TestLoggerFiles(BaseCase):
    """Files of loggers are read with care, and nothing in them is guessed."""

    def reading(self, text, code="utf-8", **answers):
        return read(text.encode(code), NOW, Answers(**answers))

    def faults(self, text, **answers):
        found = self.reading(text, **answers)
        return [(problem.row, problem.fault) for problem in found.problems]

    def test_a_file_with_title_quotes_and_markers(self):
        found = self.reading(HOBO)
        self.assertFalse(found.problems or found.questions)
        self.assertEqual(
            [(each.moment, each.celsius) for each in found.readings],
            [(datetime(2018, 7, 19, 18), 7.654), (datetime(2018, 7, 19, 20), 7.7)],
            "seven hours behind UTC, a marker is no reading, but may stand beside one",
        )
        self.assertEqual(found.markers, 1)

    def test_its_code_is_found(self):
        for code in ("utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
            self.assertEqual(self.reading(HOBO, code).readings[0].celsius, 7.654, code)
        self.assertEqual(decoded("°C".encode("utf-16-be") * 200), "°C" * 200)

    def test_semicolons_and_decimal_commas(self):
        text = (
            "Serial;17\nZeit;T [°C]\n13.04.2026 18:00:05;4,5\n13.04.2026 18:10;-0,5\n"
        )
        found = self.reading(text, offset=timedelta(hours=2))
        self.assertEqual([each.celsius for each in found.readings], [4.5, -0.5])
        self.assertEqual(found.readings[0].moment, datetime(2026, 4, 13, 16, 0, 5))

    def test_tabs_and_a_date_beside_its_time(self):
        text = "No.\tDate\tTime\tTemperature(°C)\tHumidity(%RH)\tUTC+08:00\n"
        text += "1\t2015-06-07\t13:53:36\t25.0\t43.6\n"
        [reading] = self.reading(text).readings
        self.assertEqual(reading, (datetime(2015, 6, 7, 5, 53, 36), 25))

    def test_the_clock_of_a_file_knows_no_summer(self):
        text = "Date Time GMT-08:00,Temp °F\n2026-03-08 02:30,77\n"
        self.assertEqual(
            self.reading(text).readings, [(datetime(2026, 3, 8, 10, 30), 25)]
        )

    def test_morning_and_afternoon_in_swedish(self):
        text = "Datum Tid GMT+01:00,Temp (*C)\n07/19/18 11:00:00 fm,1\n"
        text += "07/19/18 11:00:00 em,2\n"
        hours = [each.moment.hour for each in self.reading(text).readings]
        self.assertEqual(hours, [10, 22])

    def test_what_the_file_does_not_say_is_asked(self):
        text = "Date,Temperature\n1/4/2026 10:00,4\n2/4/2026 10:00,4\n"
        found = self.reading(text)
        self.assertEqual(found.questions, ["unit", "offset", "order"])
        self.assertFalse(found.readings)
        told = {"unit": "C", "offset": timedelta(0), "order": "day"}
        self.assertEqual(self.reading(text, **told).readings[0].moment.month, 4)
        told["order"] = "month"
        self.assertEqual(self.reading(text, **told).readings[0].moment.month, 1)

    def test_what_the_file_says_counts_more_than_what_was_remembered(self):
        text = "Date GMT+01:00,Temp °C\n2026-04-13 10:00,4\n"
        found = self.reading(text, unit="F", offset=timedelta(0), order="day")
        self.assertEqual(found.readings, [(datetime(2026, 4, 13, 9), 4)])

    def test_of_several_sensors_one_is_chosen(self):
        text = "Date UTC,Temp A °C,Temp B °F\n2026-04-13 10:00,4,50\n"
        self.assertEqual(self.reading(text).questions, ["column"])
        self.assertEqual(self.reading(text).channels, {1: "Temp A °C", 2: "Temp B °F"})
        self.assertEqual(self.reading(text, column=2).readings[0].celsius, 10)

    def test_rows_that_cannot_be_are_named(self):
        text = "Date UTC,Temp °C\n2026-04-13 10:00,4\n2026-04-13 10:00,4\n"
        text += "2026-04-13 10:00,5\n209s after startup,4\n2026-04-13 11:00,warm\n"
        text += "2026-12-24 10:00,4\n2026-04-13 12:00,212\n"
        self.assertEqual(
            self.faults(text),
            [
                (4, "contradiction"),
                (5, "no_moment"),
                (6, "no_temperature"),
                (7, "future"),
                (8, "beyond"),
            ],
        )

    def test_a_file_that_is_none(self):
        self.assertEqual(self.faults(""), [(0, "no_header")])
        self.assertEqual(self.faults("a,b\n1,2\n"), [(0, "no_header")])
        self.assertEqual(self.faults("\0\0\n"), [(0, "no_header")])
        empty = "Date UTC,Temp °C\n"
        self.assertEqual(self.faults(empty, order="day"), [(0, "no_reading")])
        swapped = "Date UTC,Temp °C\n4,2026-04-13 10:00\n"
        self.assertEqual(self.faults(swapped, order="day"), [(2, "no_temperature")])
        mixed = "Date UTC,Temp °C\n13/1/2026 10:00,4\n1/13/2026 10:00,4\n"
        self.assertEqual(self.faults(mixed), [(0, "no_order")])
