"""Days as people write them, beside the form that programs write."""

import locale
from contextlib import suppress
from datetime import date, datetime, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = {"today": 0, "yesterday": 1}


def day_read(text: str, today: date) -> date:
    """Return the day of 2026-11-12, today, yesterday, 12 Nov (the last), 12 Nov 2026 or as the locale writes it.

    Raises ValueError.
    """
    words = text.strip().lower().replace(",", " ").split()
    if len(words) == 1 and words[0] in _NAMED:
        return today - timedelta(days=_NAMED[words[0]])
    with suppress(ValueError):
        return date.fromisoformat(text.strip())
    if len(words) in (2, 3) and words[1][:1].isdigit():
        words[:2] = words[1], words[0]
    if len(words) in (2, 3) and words[1][:3] in _MONTHS:
        year = int(words[2]) if words[2:] else today.year
        day = date(year, _MONTHS.index(words[1][:3]) + 1, int(words[0].rstrip(".sthnrd")))
        return day if words[2:] or day <= today else day.replace(year=year - 1)
    return datetime.strptime(text.strip(), _form_here()).date()


def day_told(moment: datetime, now: datetime) -> str:
    """Return the day of `moment` as people say it: today, yesterday, 12 Nov or 12 Nov 2025."""
    day, today = moment.date(), now.date()
    named = next((name for name, back in _NAMED.items() if day == today - timedelta(days=back)), "")
    month = _MONTHS[day.month - 1].capitalize()
    return named or (f"{day.day} {month}" if day.year == today.year else f"{day.day} {month} {day.year}")


def _form_here() -> str:
    """Return how a day is written where we are, without changing the program's own locale."""
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "")
        return locale.nl_langinfo(locale.D_FMT)
    except (AttributeError, locale.Error):  # Windows has no nl_langinfo
        return "%m/%d/%y"
    finally:
        locale.setlocale(locale.LC_TIME, before)
