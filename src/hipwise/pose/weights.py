"""temporary"""

from importlib.metadata import distribution


def load():
    d = distribution("mediapipe")
    return [
        d.locate_file("mediapipe/modules/" + f).read_bytes()
        for f in ("pose_detection/pose_detection.tflite", "pose_landmark/pose_landmark_full.tflite")
    ]
