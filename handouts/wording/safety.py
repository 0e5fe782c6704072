"""What a document says of safety: the boxes of its first page, and in few words on pages that hang on their own."""

from __future__ import annotations

from handouts.model import Catalog, Clinic, Plan, Settings, Sign, Words
from handouts.nouns import dataclass
from handouts.settling import country_of
from handouts.texts import BoxText, FieldText, SignsText
from handouts.wording.messages import Messages


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyBoxes:
    """The boxes of the first page, and all of it for a page that hangs on its own."""

    emergency: BoxText
    call: BoxText
    pain: BoxText
    short: SignsText


class Safety:
    """The signs of one plan in the words of one language."""

    def __init__(
        self, plan: Plan, catalog: Catalog, words: Words, messages: Messages, clinic: Clinic | None, settings: Settings
    ) -> None:
        self._messages = messages
        self._plan, self._catalog = plan, catalog
        self._vocabulary = words.vocabulary
        self._signs = _choose_signs(plan, catalog)
        self._phone = clinic.phone.replace(" ", "\u00a0") if clinic else None
        country = country_of(clinic, settings)
        self._number = (
            (clinic.emergency_number if clinic else None)
            or settings.emergency_number
            or (catalog.emergency_numbers.get(country) if country else None)
        )

    def boxes(self, *, short: bool) -> SafetyBoxes:
        """All boxes; `short`: those of the first page in few words too."""
        key = ("safety", self._plan.precautions, self._phone, self._number, short)
        return self._messages.kept.remember(
            key,
            lambda: SafetyBoxes(
                emergency=self.emergency(short=short),
                call=self.call(short=short),
                pain=self.pain_rule(),
                short=self.short(),
            ),
        )

    @property
    def phone(self) -> str | None:
        """The clinic's number, kept on one line."""
        return self._phone

    def sentences(self, tier: str, *, short: bool = False) -> tuple[str, ...]:
        """The signs of a tier, in full or in few words."""
        said = {**self._vocabulary.signs, **(self._vocabulary.signs_short if short else {})}
        return tuple(said[sign.id] for sign in self._signs if sign.tier == tier)

    def emergency(self, *, short: bool = False) -> BoxText:
        """When to get help now, and at which number."""
        say, number = self._messages.say, self._number
        heading = say("emergency.heading", number=number) if number else say("emergency.heading.unknown")
        return BoxText(heading=heading, items=self.sentences("emergency", short=short))

    def call(self, *, short: bool = False) -> BoxText:
        """When to call the clinic, with its number or a line to write it on."""
        say = self._messages.say
        return BoxText(
            heading=self._call_heading(short=short),
            items=self.sentences("call", short=short),
            closing=say("call.closed") if self._phone and not short else None,
            write_in=None if self._phone else say("call.write_in"),
        )

    def _call_heading(self, *, short: bool) -> str:
        say = self._messages.say
        if self._phone is None:
            return say("call.heading.unknown")
        return say("call.short", phone=self._phone) if short else say("call.heading", phone=self._phone)

    def added(self, tier: str) -> tuple[str, ...]:
        """The signs of a tier that only this patient's precautions bring."""
        return tuple(self._vocabulary.signs[sign.id] for sign in self._signs if sign.tier == tier and not sign.always)

    def floor(self, *, precautions_only: bool = False) -> tuple[str, ...]:
        """How to get down to the floor and up, where the plan needs it; where a precaution makes that a question, a bed or us.

        `precautions_only`: nothing for those whom no precaution keeps from the floor.
        """
        if not self._plan.transfers:
            return ()
        say = self._messages.say
        if not self._keeps_from_floor:
            return () if precautions_only else (say("before.floor"),)
        return (say("before.bed" if self.on_bed else "before.floor.ask"),)

    @property
    def on_bed(self) -> bool:
        """Whether a precaution keeps the patient from the floor, and a bed does for all that is done there."""
        items, positions = self._plan.items, self._catalog.positions
        return self._keeps_from_floor and all(
            "bed" in item.exercise.places or positions[item.exercise.position].height != "floor" for item in items
        )

    @property
    def _keeps_from_floor(self) -> bool:
        return any(self._catalog.precautions[precaution].floor_ask for precaution in self._plan.precautions)

    def pain_rule(self) -> BoxText:
        """What pain that moves means."""
        return BoxText(heading=self._messages.say("pain.heading"), items=self.sentences("pain-rule"))

    def short(self) -> SignsText:
        """All of it for a page that hangs on its own."""
        say = self._messages.say
        pain = FieldText(label=say("pain.short"), value=" ".join(self.sentences("pain-rule")))
        again = [say("signs.again", number=self._number) if self._number else say("signs.again.unknown")]
        again += [say("signs.again.call", phone=self._phone)] if self._phone else []
        numbers = " ".join(again)
        overleaf = FieldText(label=numbers, value=say("signs.overleaf"))
        return SignsText(
            emergency=self.emergency(short=True), call=self.call(short=True), pain=pain, again=numbers, overleaf=overleaf
        )


def _choose_signs(plan: Plan, catalog: Catalog) -> tuple[Sign, ...]:
    added = {sign for precaution in plan.precautions for sign in catalog.precautions[precaution].signs}
    return tuple(sign for sign in catalog.signs.values() if sign.always or sign.id in added)
