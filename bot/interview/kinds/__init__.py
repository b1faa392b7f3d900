"""The kinds of question. To add one: a line in `Kind`, a class in a module here, and its entry below."""

from bot.interview.kinds.choosing import SelectMultiple, SelectOne
from bot.interview.kinds.counting import Date, Number
from bot.interview.kinds.grading import Rating, YesNo
from bot.interview.kinds.manner import Manner
from bot.interview.kinds.sending import Photo, Place
from bot.interview.kinds.writing import FreeText, Note, Phone
from bot.interview.questionnaire import Kind

KINDS: dict[str, Manner] = {
    Kind.SELECT_ONE: SelectOne(),
    Kind.SELECT_MULTIPLE: SelectMultiple(),
    Kind.RATING: Rating(),
    Kind.YES_NO: YesNo(),
    Kind.NUMBER: Number(),
    Kind.DATE: Date(),
    Kind.TEXT: FreeText(),
    Kind.PHONE: Phone(),
    Kind.PHOTO: Photo(),
    Kind.LOCATION: Place(),
    Kind.NOTE: Note(),
}
