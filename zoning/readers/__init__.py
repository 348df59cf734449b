"""Files in: units, cases, tests, indicators, facilities, each row accounted for."""
