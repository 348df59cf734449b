"""QGIS itself, where it is installed, takes the colours from the file."""

import json
import os
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.exports import official_export
from zoning.symbols.palette import category_styles, zone_styles
from zoning.writers.zone_export import public_face
from zoning.writers.zone_files import write_zones

# Debian's own interpreter: QGIS lies beside it and not in our environment.
SYSTEM_PYTHON = Path("/usr/bin/python3")

# Ends at once: without a screen, QGIS is apt to fall over its own tidying up.
SCRIPT = """
import json, os, sys
from qgis.core import QgsApplication, QgsMapRendererSequentialJob, QgsMapSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
app = QgsApplication([], False)
app.initQgis()
layers, told = [], {}
for name in ("units", "booths", "containment_zones", "buffers"):
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    _, is_from_file = layer.loadDefaultStyle()
    renderer = layer.renderer()
    kinds = renderer.categories() if renderer.type() == "categorizedSymbol" else []
    told[name] = {
        "is_from_file": is_from_file,
        "renderer": renderer.type(),
        "labels": layer.labelsEnabled(),
        "fills": {c.value(): c.symbol().symbolLayer(0).color().name() for c in kinds},
    }
    layers.append(layer)
settings = QgsMapSettings()
settings.setLayers(layers[:1])
settings.setExtent(layers[0].extent())
settings.setOutputSize(QSize(300, 100))
job = QgsMapRendererSequentialJob(settings)
job.start()
job.waitForFinished()
picture = job.renderedImage()
told["drawn"] = sorted({
    picture.pixelColor(x, y).name() for x in range(300) for y in range(100)
})
print(json.dumps(told), flush=True)
os._exit(0)
"""


def qgis(*arguments):
    return subprocess.run(
        [str(SYSTEM_PYTHON), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"PATH": os.defpath, "HOME": os.devnull, "QT_QPA_PLATFORM": "offscreen"},
    )


@cache
def has_qgis():
    return SYSTEM_PYTHON.exists() and qgis("-c", "import qgis.core").returncode == 0


def test_qgis_draws_an_export_in_the_colours_of_the_palette(tmp_path):
    if not has_qgis():
        pytest.skip("QGIS isn't installed; Debian has it as python3-qgis and qgis-providers")
    path = tmp_path / "zones.gpkg"
    write_zones(public_face(official_export()), path, "gpkg")
    run = qgis("-c", SCRIPT, str(path))
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    drawn = told.pop("drawn")
    assert all(layer["is_from_file"] for layer in told.values())
    assert [layer["labels"] for layer in told.values()] == [True, True, True, False]
    zones = zone_styles(["red", "orange", "green"])
    assert told["units"]["fills"] == {key: style.fill for key, style in zones.items()}
    fills = told["booths"]["fills"]
    assert {key: fills[key] for key in "ABC"} == {
        key: style.fill for key, style in category_styles().items() if key in "ABC"
    }
    assert {zones[key].fill for key in ("red", "orange", "green")} <= set(drawn)
