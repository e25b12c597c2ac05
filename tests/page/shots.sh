#!/bin/sh
# Pictures of the dashboard in every scenario: shots.sh FOLDER [SCENARIO ...]
exec node "$(dirname "$0")/shots.mjs" "$@"
