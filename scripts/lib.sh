# Sourced by the scripts beside it: where the project is, and how it is built fast.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# One thread a caller: Knack splits the work itself, and its results must not depend on how many did it.
export OPENBLAS_NUM_THREADS=1

# The manifest holds no such flags, because other packages could not depend on it then. These reach Swift code too,
# and are given only where the processor has every instruction that they allow.
speed_flags=()
if [ "$(uname -m)" = x86_64 ] && [ -r /proc/cpuinfo ]; then
  features=" $(grep -m 1 '^flags' /proc/cpuinfo) "
  speed_flags=(-Xcc -march=x86-64-v3)
  for feature in avx avx2 fma f16c bmi1 bmi2 movbe abm; do
    case $features in *" $feature "*) ;; *) speed_flags=() ;; esac
  done
fi
