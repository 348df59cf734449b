"""Types of columns: numpy arrays with one element a row."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Indices = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Geometries = npt.NDArray[np.object_]
