"""Whose name is it: titles and degrees make nobody another person, and one word in common is not enough."""

from __future__ import annotations

import pytest

from desktop.trust import same_person


@pytest.mark.parametrize(
    ("person", "holder", "same"),
    [
        ("Hj. Ela Siti Nuryamah, S.Sos.", "ELA SITI NURYAMAH", True),
        ("Budi Santoso", "Ir. Budi Santoso, M.T.", True),
        ("Ir. Budi Santoso", "BUDI SANTOSO, S.T., M.Si", True),
        ("Prof. Dr. H. Andi Wijaya, S.H., M.Hum.", "Andi Wijaya", True),
        ("Soekarno", "Ir. SOEKARNO", True),
        ("Budi Santoso", "Budi Santoso Wibowo", True),
        ("I Gusti Ngurah Rai", "GUSTI NGURAH RAI", True),
        ("Bu\u0301di Santoso", "B\u00fadi Santoso", True),
        ("Citra Contoh", "Andi Contoh", False),
        ("Budi", "Budi Santoso", False),
        ("K.H. Masduki", "MASDUKI", True),
        ("Letjen TNI (Purn.) Sutarto", "SUTARTO", True),
        ("Brigjen. Pol. (P) Suharyono", "Suharyono", True),
        ("Haji Sutomo", "SUTOMO", True),
        ("R.A. Kartini", "Kartini", True),
        ("Dr. (H.C.) Andi", "Andi", True),
        ("K.H. Masduki", "H.K. Masduki", False),
        ("R.A. Wijaya", "RUDI ANTO WIJAYA", True),
        ("H.J. Simanjuntak", "Hotman Joni Simanjuntak", True),
        ("Sri Mulyani", "Sri Rahayu", False),
        ("Budi Santoso", "", False),
        ("Budi Santoso", "12345", False),
        ("", "Budi Santoso", False),
        ("Budi Santoso", "S.H., M.H.", False),
        ("Budi Santoso", "Dinas Komunikasi dan Informatika", False),
        ("Mh", "M.H.", False),
        ("Mh", "Mh", True),
        # initials, and syllables that are degrees elsewhere
        ("Ahmad S.", "Ahmad T.", False),
        ("M. Yusuf", "A. Yusuf", False),
        ("Ahmad S. Wijaya", "Ahmad T. Wijaya", False),
        ("Ahmad S. Wijaya", "Ahmad Wijaya", True),
        ("Ahmad S. Wijaya", "Ahmad Slamet Wijaya", True),
        ("Ahmad T. Wijaya", "Ahmad Slamet Wijaya", False),
        ("Tan Ma Ling", "Tan Se Si", False),
        ("Budi Hartono SE MM", "BUDI HARTONO", True),
        ("H. Yusuf", "YUSUF", True),
        # one name as it is written in several papers
        ("Dr. H. Ma'ruf Amin", "MARUF AMIN", True),
        ("Nur’aini", "NURAINI", True),
        ("Syafi’i", "SYAFII", True),
        ("Moh. Yusuf Ali", "Mohammad Yusuf Ali", True),
        ("M. Yusuf Ali", "Muhammad Yusuf Ali", True),
        ("Muh. Yusuf", "Muhammad Yusuf", True),
        ("Abd. Rahman", "Abdul Rahman", True),
        ("Tb. Chaeri Wardana", "Tubagus Chaeri Wardana", True),
        ("José Ximenes", "Jose Ximenes", True),
        ("M. Yusuf", "MUHAMMAD YUSUF", True),
        ("Suharto, Ph.D.", "SUHARTO", True),
        ("Suharto, ST, MT, IPM", "SUHARTO, S.T.", True),
        ("Suharto, A.Md.Kep", "SUHARTO", True),
        ("Suharto SE MM", "SUHARTO SE", True),
        ("Rr. Sri Wahyuni", "RADEN RORO SRI WAHYUNI", True),
        ("Ir. R. Bambang", "BAMBANG", True),
        ("Hj. Siti Aminah", "SITI AMINAH", True),
        ("Tan Ma Ling", "TAN MA LING", True),
        ("Tan Ma Ling", "Tan", False),
        ("H.M. Yusuf Kalla", "MUHAMMAD YUSUF KALLA", True),
        ("Dr.Ir.Suharto", "SUHARTO", True),
        ("Cok. Oka", "COKORDA OKA", True),
        ("Anak Agung Gde", "A.A. GDE", True),
        ("ST. Aminah", "SITI AMINAH", True),
        ("A. Gde", "ANAK AGUNG GDE", False),
        ("Rudi Bupati, Joko Staf", "Joko Staf", False),
    ],
)
def test_whose_name_it_is(person, holder, same) -> None:
    assert same_person(person, holder) is same
    assert same_person(holder, person) is same
