# Sourced by the scripts beside it: names each phase as it starts, and tells at the end what each took.
# shellcheck shell=bash
phase_names=()
phase_seconds=()
phase_started=

end_phase() {
    if [ -n "$phase_started" ]; then
        phase_seconds+=($(($(date +%s) - phase_started)))
        phase_started=
    fi
}

begin_phase() {
    end_phase
    phase_names+=("$1")
    phase_started=$(date +%s)
    echo
    echo "== $1"
}

print_phases() {
    end_phase
    local i total=0
    echo
    for i in "${!phase_names[@]}"; do
        printf '%6d s  %s\n' "${phase_seconds[$i]}" "${phase_names[$i]}"
        total=$((total + phase_seconds[i]))
    done
    printf '%6d s  in all\n' "$total"
}

# configure PRESET: silent unless it fails.
configure() {
    local log
    log="$(mktemp)"
    if ! cmake --preset "$1" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}
