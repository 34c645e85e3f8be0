"""A copy of the content is broken in every way the loader knows, and must be refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from hipwise.errors import KnowledgeError
from hipwise.knowledge.library import read
from hipwise.knowledge.poses import HeldThing
from hipwise.knowledge.reading import CONTENT


@pytest.fixture
def content(tmp_path: Path) -> Path:
    copy = tmp_path / "content"
    shutil.copytree(CONTENT, copy)
    return copy


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} no longer stands in {file.name}: the test must follow"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


BROKEN = {
    "expression that cannot be read": (
        "red_flags.yaml",
        "expr: q_saddle or q_bladder or q_both_legs",
        "expr: q_saddle or or q_bladder",
        r"red_flags\.yaml: 'rf_cauda_equina', field 'expr': 'or' is not expected at character 13",
    ),
    "expression with an unknown answer": (
        "red_flags.yaml",
        "expr: q_locking",
        "expr: q_lockin",
        r"red_flags\.yaml: 'rf_locking', field 'expr': there is no 'q_lockin'",
    ),
    "expression with an unknown condition": (
        "inferences/compensation.yaml",
        "has(knee_pain, patellar_pain)",
        "has(elbow_pain)",
        r"inferences: 'upright_weak_hip', field 'expr': there is no condition 'elbow_pain'",
    ),
    "rules that ask each other": (
        "inferences/mobility.yaml",
        "expr: flagged(modified_thomas) or flagged(prone_hip_extension_rom)",
        "expr: rule.extension_from_the_back",
        r"inferences: '\w+', field 'expr': the chain leads back to itself",
    ),
    "words in braces that nothing fills": (
        "inferences/mobility.yaml",
        "title: The front of your {side} hip is short",
        "title: The front of your {leg} hip is short",
        r"inferences/mobility\.yaml: 'limited_extension'.*braces that nothing fills",
    ),
    "a pattern without its rule": (
        "inferences/patterns.yaml",
        "pattern: watch",
        "pattern: uneven",
        r"inferences: no rule for the pattern 'watch'",
    ),
    "a plan's word in a finding": (
        "inferences/strength.yaml",
        "expr: flagged(side_plank_hold)",
        "expr: flagged(side_plank_hold) and pain_now < 3",
        r"inferences: 'weak_side_trunk', field 'expr': there is no 'pain_now'",
    ),
    "dangling source": (
        "metrics.yaml",
        "source: teng2015",
        "source: nobody2015",
        r"metrics\.yaml: 'trunk_forward_lean', field '.*source': there is no source 'nobody2015'",
    ),
    "dangling norm": (
        "metrics.yaml",
        "norm: knee_flexion_at_contact",
        "norm: elbow",
        r"metrics\.yaml: 'knee_flexion_at_contact', field 'norm': there is no norm 'elbow'",
    ),
    "unknown unit": (
        "metrics.yaml",
        "unit: 1/min",
        "unit: furlong",
        r"metrics\.yaml: 'cadence', field 'unit'",
    ),
    "range upside down": (
        "metrics.yaml",
        "low: 4, high: 11",
        "low: 11, high: 4",
        r"metrics\.yaml: 'trunk_forward_lean', field 'typical\.0': the range is upside down",
    ),
    "norm upside down": (
        "norms.yaml",
        "low: -2.59, p25: 19.07",
        "low: 29, p25: 19.07",
        r"norms\.yaml: 'hip_flexion_at_contact'.*upside down",
    ),
    "fact without source": (
        "metrics.yaml",
        "source: vanhooren2024, status: read",
        "status: read",
        r"metrics\.yaml: 'contact_time'.*status 'read' must name its source",
    ),
    "unknown status": (
        "metrics.yaml",
        "status: chosen, note: ten seconds",
        "status: guessed, note: ten seconds",
        r"metrics\.yaml: 'cadence', field '.*status'",
    ),
    "unknown key": (
        "targets.yaml",
        "general: 0.8}",
        "general: 0.8, colour: red}",
        r"targets\.yaml: 'hip_extension_mobility', field 'colour': this key is not known",
    ),
    "key written twice": (
        "metrics.yaml",
        "  name: Cadence\n",
        "  name: Cadence\n  name: Step rate\n",
        r"metrics\.yaml.*'name' stands twice",
    ),
    "doubled id": (
        "metrics.yaml",
        "- id: stride_time\n",
        "- id: cadence\n",
        r"metrics\.yaml: the id 'cadence' stands twice",
    ),
    "doubled norm": (
        "norms.yaml",
        "id: peak_hip_extension,",
        "id: hip_flexion_at_contact,",
        r"norms\.yaml: the id 'hip_flexion_at_contact' stands twice",
    ),
    "shown metric without error": (
        "metrics.yaml",
        "  withheld: One camera cannot see the pelvis from above.\n",
        "",
        r"metrics\.yaml: 'pelvic_rotation'.*needs the error",
    ),
    "rule without grade": (
        "rules.yaml",
        "  kind: asymmetry\n  grade: D\n",
        "  kind: asymmetry\n",
        r"rules\.yaml: 'thigh_extension_uneven', field 'grade': Field required",
    ),
    "rule on an unknown metric": (
        "rules.yaml",
        "metric: peak_thigh_extension",
        "metric: ear_angle",
        r"rules\.yaml: 'thigh_extension_uneven'.*there is no metric 'ear_angle'",
    ),
    "rule on a withheld metric": (
        "rules.yaml",
        "metric: peak_thigh_extension",
        "metric: contralateral_pelvic_drop",
        r"rules\.yaml: 'thigh_extension_uneven'.*is withheld",
    ),
    "sides of a metric without sides": (
        "rules.yaml",
        "metric: peak_thigh_extension",
        "metric: cadence",
        r"rules\.yaml: 'thigh_extension_uneven'.*no sides to compare",
    ),
    "norm of another quantity": (
        "rules.yaml",
        "metric: peak_knee_flexion_stance\n      compare: below_norm",
        "metric: thigh_excursion\n      compare: below_norm",
        r"rules\.yaml: 'knee_stiff_stance'.*no norm of the same quantity",
    ),
    "limit that does not fit": (
        "rules.yaml",
        "{value: -8, status: chosen, note: clinical guides call up to 8° usual; no norm was found}",
        "{value: 5, kind: norm_sds, status: chosen}",
        r"rules\.yaml: 'overstride'.*does not fit 'below'",
    ),
    "condition range upside down": (
        "rules.yaml",
        "upper: {value: 8, status",
        "upper: {value: -9, status",
        r"rules\.yaml: 'landing_usual'.*upside down",
    ),
    "unknown word in a sentence": (
        "rules.yaml",
        "title: Your {side} thigh goes back",
        "title: Your {sied} thigh goes back",
        r"rules\.yaml: 'thigh_extension_uneven'.*unknown word \{sied\}",
    ),
    "word that nothing fills": (
        "rules.yaml",
        "title: Your {lower_side} foot is on the ground",
        "title: Your {side} foot is on the ground",
        r"rules\.yaml: 'contact_time_uneven'.*fills the word \{side\}",
    ),
    "unknown target of a rule": (
        "rules.yaml",
        "targets: [hip_extension_mobility,",
        "targets: [happiness,",
        r"rules\.yaml: 'thigh_extension_uneven'.*there is no training target 'happiness'",
    ),
    "dangling part_of": (
        "rules.yaml",
        "part_of: [shank_at_contact_uneven]",
        "part_of: [moon_phase]",
        r"rules\.yaml: 'knee_at_contact_uneven'.*there is no rule 'moon_phase'",
    ),
    "part_of in a circle": (
        "rules.yaml",
        "  targets: [running_rhythm, single_leg_control]\n  importance: 0.55\n",
        "  targets: [running_rhythm, single_leg_control]\n  importance: 0.55\n"
        "  part_of: [knee_at_contact_uneven]\n",
        r"rules\.yaml: .*field 'part_of': the chain leads back",
    ),
    "exercise without cues": (
        "exercises/walking.yaml",
        "cues: ['Take long, quiet steps'",
        "cues: [] #",
        r"exercises/walking\.yaml: .* at least three cues",
    ),
    "unknown contraindication": (
        "exercises/standing.yaml",
        "contraindications: [acute_ankle_sprain, acute_calf_strain]",
        "contraindications: [bad_mood]",
        r"exercises: 'ankle_rocker'.*contraindication tag 'bad_mood'",
    ),
    "dangling progression": (
        "exercises/supine.yaml",
        "progression: dead_bug",
        "progression: moonwalk",
        r"exercises: 'pelvic_tilt_supine', field 'progression'.*exercise 'moonwalk'",
    ),
    "progression in a circle": (
        "exercises/supine.yaml",
        "progression: dead_bug",
        "progression: pelvic_tilt_supine",
        r"exercises: .*field 'progression': the chain leads back",
    ),
    "seconds of a set": (
        "exercises/supine.yaml",
        "reps: 10, tempo: 2-1-2, rest_s: 0, set_s: 50, total_s: 50",
        "reps: 10, tempo: 2-1-2, rest_s: 0, set_s: 30, total_s: 50",
        r"exercises/supine\.yaml: 'pelvic_tilt_supine', field 'dose': set_s is 30 but .* 50 s",
    ),
    "seconds in all": (
        "exercises/supine.yaml",
        "set_s: 50, total_s: 50",
        "set_s: 50, total_s: 100",
        r"exercises/supine\.yaml: 'pelvic_tilt_supine'.*total_s is 100 but .* 50 s",
    ),
    "both tempo and hold": (
        "exercises/supine.yaml",
        "reps: 10, tempo: 2-1-2,",
        "reps: 10, hold_s: 5, tempo: 2-1-2,",
        r"exercises/supine\.yaml: 'pelvic_tilt_supine', field 'dose': give either tempo or hold_s",
    ),
    "static hold before a run": (
        "exercises/supine.yaml",
        "phases: [post_run]\n  movement: static_hold",
        "phases: [pre_run]\n  movement: static_hold",
        r"exercises/supine\.yaml: 'figure_four'.*must not be placed before a run",
    ),
    "unknown position": (
        "exercises/supine.yaml",
        "position: supine",
        "position: floating",
        r"exercises/supine\.yaml: 'pelvic_tilt_supine', field 'position'",
    ),
    "not yaml": ("targets.yaml", "- {id:", "- {id: {", r"targets\.yaml is not readable YAML"),
    "not a number in a table": (
        "norms/running_curves.csv",
        "22.59",
        "many",
        r"running_curves\.csv holds something that is not a number",
    ),
    "missing column": (
        "norms/running_curves.csv",
        "knee_flexion_sd_deg",
        "knee_flexion_spread",
        r"'knee_flexion', field 'sd_deg': Field required",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_content_is_refused_with_file_id_and_field(
    content: Path, file: str, old: str, new: str, sentence: str
) -> None:
    change(content / file, old, new)
    with pytest.raises(KnowledgeError, match=sentence):
        read(content)


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({}, r"field 'errors\.0': give at least one figure"),
        ({"chosen": {"value": 0, "status": "chosen"}}, r"field 'errors\.0\.error\.chosen\.value'"),
        ({"frames": 2, "chosen": {"value": 2, "status": "chosen"}}, "only the error of a time"),
        ({"chosen": {"value": 2, "status": "computed"}}, "must name its source"),
    ],
)
def test_an_error_that_makes_no_sense_is_refused(
    content: Path, figures: dict[str, object], sentence: str
) -> None:
    file = content / "metrics.yaml"
    metrics = yaml.safe_load(file.read_text(encoding="utf-8"))
    bounce = next(metric for metric in metrics if metric["id"] == "vertical_oscillation")
    bounce["errors"][0]["error"] = figures
    file.write_text(yaml.safe_dump(metrics), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"metrics\.yaml: 'vertical_oscillation'.*{sentence}"):
        read(content)


def test_an_untouched_copy_is_accepted(content: Path) -> None:
    assert read(content).metrics


def test_a_missing_file_is_named(content: Path) -> None:
    (content / "rules.yaml").unlink()
    with pytest.raises(KnowledgeError, match=r"rules\.yaml is missing"):
        read(content)


def write_poses(content: Path, angle: str, exercise: str = "moonwalk") -> None:
    frame = "name: {}, seconds: 1, angles: {{{}}}"
    frames = ", ".join("{" + frame.format(name, angle) + "}" for name in ("start", "end"))
    camera = "{azimuth_deg: 0, elevation_deg: 5}"
    record = f"[{{shows: {exercise}, camera: {camera}, mirrored: false, frames: [{frames}]}}]"
    (content / "poses" / "exercises" / "new.yaml").write_text(record, encoding="utf-8")


def test_an_id_in_two_files_of_a_folder_is_refused(content: Path) -> None:
    shutil.copy(content / "exercises" / "supine.yaml", content / "exercises" / "twice.yaml")
    with pytest.raises(KnowledgeError, match=r"exercises/twice\.yaml: the id '.*' stands twice"):
        read(content)


def test_an_empty_folder_is_refused(content: Path) -> None:
    for file in (content / "poses" / "exercises").iterdir():
        file.unlink()
    with pytest.raises(KnowledgeError, match="folder exercises of the built-in evidence is empty"):
        read(content)


@pytest.mark.parametrize(
    ("angle", "reason"),
    [
        ("hip_bend_left: 40", "no joint angle named 'hip_bend_left'"),
        ("hip_flexion_left: 400", "'hip_flexion_left' is 400 degrees, a body reaches"),
    ],
)
def test_poses_speak_the_body_s_own_angles(content: Path, angle: str, reason: str) -> None:
    write_poses(content, angle)
    with pytest.raises(KnowledgeError, match=reason):
        read(content)


@pytest.mark.parametrize(
    ("at", "anchor_m"), [("ankle_right", None), ("elbow_right", (0.0, 0.1, 0.0))]
)
def test_a_gauge_without_a_belt_or_off_the_leg_is_refused(
    at: str, anchor_m: tuple[float, float, float] | None
) -> None:
    with pytest.raises(ValueError, match="above an ankle or a knee, and its belt needs anchor_m"):
        HeldThing(kind="gauge", at=(at,), anchor_m=anchor_m)


def test_poses_of_an_unknown_exercise_are_refused(content: Path) -> None:
    write_poses(content, "neck_flexion: 1")
    with pytest.raises(KnowledgeError, match=r"poses/exercises: .*no exercise 'moonwalk'"):
        read(content)


@pytest.mark.parametrize("folder", ["exercises", "tests"])
def test_an_exercise_or_test_without_a_moving_figure_is_refused(content: Path, folder: str) -> None:
    for file in sorted((content / "poses" / folder).iterdir())[1:]:
        file.unlink()
    with pytest.raises(KnowledgeError, match=f"poses/{folder}: .*there is no moving figure of the"):
        read(content)
