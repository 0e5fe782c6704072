"""English words a handout should not use, or must explain, and words that may begin a step.

Our own lists, judged by ear against PEMAT-P items 3 to 5. They are constants, not catalogue data: they are part of the check,
and a clinic that loosened them would only silence it.
"""

from __future__ import annotations

import re

PLAIN_FOR = {
    "abdominal": "belly", "abdominals": "belly muscles", "abduct": "move away", "abduction": "moving away",
    "activate": "tighten", "adduct": "move in", "adduction": "moving in", "adductor": "inner thigh muscle",
    "aerobic": "exercise that makes you breathe faster", "anterior": "front", "anteriorly": "forward",
    "asymptomatic": "without pain", "atrophy": "weak muscle", "bilateral": "both sides",
    "cauda equina": "nerves at the base of the back", "centralisation": "pain moves toward the back",
    "centralise": "pain moves toward the back", "centralization": "pain moves toward the back", "cervical": "neck",
    "contract": "tighten", "contraction": "tightening", "contraindicated": "not safe", "contraindication": "reason not to",
    "contraindications": "reasons not to", "contralateral": "other side", "deconditioned": "out of training",
    "deconditioning": "being out of training", "deltoid": "shoulder muscle", "diaphragmatic": "belly", "distal": "further away",
    "dorsiflex": "pull your toes up", "dorsiflexion": "toes pulled up", "dynamic": "moving", "eccentric": "lowering slowly",
    "engage": "tighten", "erector": "back muscle", "exhale": "breathe out", "extend": "straighten", "extension": "leaning back",
    "fascia": "tissue", "femoral": "thigh", "femur": "thigh bone", "flex": "bend", "flexion": "bending forward",
    "flexors": "muscles at the front", "glute": "buttock muscle", "gluteal": "buttock", "glutes": "buttock muscles",
    "gluteus": "buttock muscle", "groin strain": "sore groin", "hamstring": "muscle at the back of the thigh",
    "hamstrings": "back of the thigh", "hyperextend": "bend back too far", "hyperlordosis": "deep hollow of the back",
    "hypertension": "high blood pressure", "iliopsoas": "muscle at the front of the hip", "impingement": "pinching",
    "inferior": "lower", "inflammation": "swelling", "inhale": "breathe in", "ipsilateral": "same side",
    "isometric": "without moving", "kyphosis": "rounded upper back", "lateral": "outer side", "laterally": "to the side",
    "lordosis": "hollow of the back", "lumbar": "lower back", "medial": "inner side", "mobilise": "move", "mobilize": "move",
    "myofascial": "muscle", "neuropathic": "nerve", "neutral spine": "back in its natural shape", "oblique": "waist muscle",
    "obliques": "waist muscles", "paraesthesia": "tingling", "paresthesia": "tingling", "patella": "kneecap",
    "pectoral": "chest muscle", "peripheralise": "pain moves further down", "piriformis": "deep buttock muscle",
    "plantarflexion": "toes pointed", "posterior": "back", "prone": "lying on your stomach",
    "proprioception": "sense of position", "proximal": "nearer", "psoas": "muscle at the front of the hip",
    "quadriceps": "front thigh muscles", "quadruped": "on hands and knees", "quads": "front thigh muscles", "radicular": "nerve",
    "radiculopathy": "nerve pain", "reps": "times", "rotator": "turning muscle", "sacral": "base of the back",
    "sacroiliac": "joint at the back of the pelvis", "sacrum": "base of the back",
    "saddle anaesthesia": "numb between your legs", "saddle anesthesia": "numb between your legs", "scapula": "shoulder blade",
    "scapular": "shoulder blade", "sciatica": "nerve pain down the leg", "spondylolisthesis": "slipped bone in the back",
    "spondylosis": "worn back joints", "stenosis": "narrowing", "superior": "upper", "supinate": "turn the palm up",
    "supine": "lying on your back", "symptom": "pain or tingling", "symptoms": "pain or tingling", "thoracic": "upper back",
    "tibia": "shin bone", "transverse": "across", "transversus": "deep belly muscle", "trunk flexion": "bending forward",
    "unilateral": "one side", "vertebra": "bone of the back", "vertebrae": "bones of the back", "vertebral": "of the back",
}  # fmt: skip
"""Words of the clinic with what to write instead."""

_NAMES = ("glute bridge",)  # what everybody calls an exercise
_JARGON = re.compile(rf"(?<![\w-])({'|'.join(sorted(map(re.escape, PLAIN_FOR), key=len, reverse=True))})(?![\w-])", re.IGNORECASE)

_VERBS = """
    add aim align allow angle arch arrange ask balance begin bend blow bounce brace breathe bring call carry catch change
    check choose circle clasp climb close come continue count cross curl cushion cycle do drag drape draw drive drop ease
    exchange face feel find finish fix flatten float fold follow gently get give glide go grab grasp grip grow hang have
    hinge hold hook hug imagine interlace join keep kick kneel lace lay lead lean leave let lie lift line link listen lock
    look loop loosen lower make march measure mount move nod open pause pedal perform pick place plant point press pull
    push put raise reach relax release repeat rest return ride rise rock roll rotate round scoop set shake shift shrug
    shuffle sit slide slip slow smile soften spread squat squeeze stack stand start stay steady step stop straighten
    stretch support swap sway swing switch take tap thread tighten tilt touch trace travel try tuck turn twist unclasp
    uncross uncurl unhook use wait walk warm widen wiggle work wrap
"""
_POSITIONS = "on from in with at lying sitting standing kneeling seated facing against while as when without after before"
_BEFORE_A_VERB = "now then next slowly again always don't never only"
STARTS = frozenset(f"{_VERBS} {_POSITIONS} {_BEFORE_A_VERB}".split())
"""Verbs a patient is asked to do, positions and places, and words in front of a verb."""


def find_jargon(text: str) -> list[tuple[str, str]]:
    """Return each hard word of a text without an explanation, with the plain words for it.

    A word is explained when brackets follow it, or when it stands in brackets itself: "the piriformis (a deep muscle)".
    """
    found = []
    for match in _JARGON.finditer(text):
        explained = re.match(r"\w*\s*\(", text[match.end() :]) or text[: match.start()].count("(") > text[: match.start()].count(
            ")"
        )
        named = text[match.start() :].lower().startswith(_NAMES)
        if not explained and not named:
            found.append((match.group(), PLAIN_FOR[match.group().lower()]))
    return found


def begins_plainly(step: str) -> bool:
    """Tell whether a step begins with a verb or a position."""
    first = re.match(r"[A-Za-z']+", step)
    return first is not None and first.group().lower() in STARTS
