# Reference values of the reliability statistics, written to reference.csv beside this file; the data sets made here go to groups.csv.
# Made with Python 3.11.7 and mpmath 1.3.0, from the root of the repository:
#
#   python3 tests/Onpoint.Measurement.Tests/Reliability/reference.py
#
# Variance components: restricted (or full) likelihood of the dense N x N covariance matrix in 50 digits, variances by Newton's method from the
# best point of a grid; predictions by the general formulas for a linear predictor with unknown mean. Nothing is taken from a closed form
# for groups. F quantiles: root of the incomplete beta function in 50 digits.

import csv, os
from mpmath import mp, mpf, matrix, log, pi, sqrt, betainc, findroot

mp.dps = 50
here = "tests/Onpoint.Measurement.Tests/Reliability"

# district -> school -> values. Made up; whole numbers, so that they are the same in every program.
sets = {
    # Unbalanced at every level, single schools, schools of one: both variances above 0.
    "unbalanced": {
        "a": {"1": [612, 655, 590, 640], "2": [700, 688], "3": [560]},
        "b": {"1": [480, 515, 530, 470, 498], "2": [610, 590, 577]},
        "c": {"1": [702, 690, 731]},
        "d": {"1": [598, 640], "2": [515, 560, 533, 541], "3": [655, 661, 640], "4": [570, 588]},
        "e": {"1": [450, 433], "2": [520, 555, 498, 541, 530, 512]},
    },
    # Districts alike, schools differ: the outer variance is 0.
    "outer-zero": {
        "a": {"1": [500, 520, 540], "2": [700, 690]},
        "b": {"1": [710, 730], "2": [505, 480, 515, 495]},
        "c": {"1": [600, 630, 615], "2": [585, 610], "3": [640]},
        "d": {"1": [690, 640], "2": [530, 560, 545]},
    },
    # Schools alike within districts: the members' variance is 0.
    "member-zero": {
        "a": {"1": [500, 560, 530], "2": [520, 540]},
        "b": {"1": [700, 640], "2": [675, 655, 690, 650]},
        "c": {"1": [600, 640, 615], "2": [595, 640], "3": [618]},
        "d": {"1": [580, 520], "2": [530, 560, 555]},
    },
    # Neither differs.
    "both-zero": {
        "a": {"1": [500, 700, 600], "2": [520, 690]},
        "b": {"1": [610, 590], "2": [705, 480, 615, 595]},
        "c": {"1": [500, 730, 615], "2": [685, 510]},
    },
}

rows = [(name, d, s, y) for name, districts in sets.items() for d, schools in districts.items() for s, ys in schools.items() for y in ys]
with open(os.path.join(here, "groups.csv"), "w", newline="\n") as file:
    csv.writer(file, lineterminator="\n").writerows([("set", "district", "school", "value"), *rows])


def dense(kinds, ratios):
    """Covariance in units of sigma^2. kinds: for each level the group of every value."""
    n = len(kinds[0])
    return matrix([[(1 if i == j else 0) + sum(r * (g[i] == g[j]) for g, r in zip(kinds, ratios)) for j in range(n)] for i in range(n)])


def lower(a):
    return mp.cholesky(a)


def log_det(l):
    return 2 * sum(log(l[i, i]) for i in range(l.rows))


def solve(l, b):
    n = l.rows
    x = [mpf(0)] * n
    for i in range(n):
        x[i] = (b[i] - sum(l[i, k] * x[k] for k in range(i))) / l[i, i]
    for i in reversed(range(n)):
        x[i] = (x[i] - sum(l[k, i] * x[k] for k in range(i + 1, n))) / l[i, i]
    return x


def fit_at(y, kinds, ratios, restricted):
    l = lower(dense(kinds, ratios))
    n = len(y)
    ones = [mpf(1)] * n
    v1 = solve(l, ones)
    vy = solve(l, y)
    mu = sum(vy) / sum(v1)
    q = sum((a - mu) * (b - mu * c) for a, b, c in zip(y, vy, v1))
    df = n - 1 if restricted else n
    s2 = q / df
    deviance = df * (log(2 * pi * s2) + 1) + log_det(l) + (log(sum(v1)) if restricted else 0)
    return deviance, mu, s2, sqrt(s2 / sum(v1)), l, v1


def best(y, kinds, restricted=True):
    """Newton on the free ratios; a ratio whose derivative at 0 is positive stays at 0 (checked)."""
    f = lambda r: fit_at(y, kinds, r, restricted)[0]
    h = mpf(10) ** -15
    grid = [mpf(0)] + [mpf(2) ** e for e in range(-8, 7, 1)]
    mp.dps = 15  # the grid is only a start
    points = [[]]
    for _ in kinds:
        points = [p + [g] for p in points for g in grid]
    start = min(points, key=f)
    mp.dps = 50
    r = [mpf(x) for x in start]
    free = [i for i, x in enumerate(r) if x > 0]

    def up(p, i, d):
        return [x + d if k == i else x for k, x in enumerate(p)]

    for _ in range(60):
        if not free:
            break
        base = f(r)
        g = [(f(up(r, i, h)) - f(up(r, i, -h))) / (2 * h) for i in free]
        m = matrix(len(free), len(free))
        for a, i in enumerate(free):
            for b, j in enumerate(free):
                m[a, b] = (f(up(up(r, i, h), j, h)) - f(up(up(r, i, h), j, -h)) - f(up(up(r, i, -h), j, h)) + f(up(up(r, i, -h), j, -h))) / (4 * h * h)
        step = mp.lu_solve(m, -matrix(g))
        scale = mpf(1)
        while True:
            trial = list(r)
            for a, i in enumerate(free):
                trial[i] = r[i] + scale * step[a]
            if all(trial[i] > 0 for i in free) and f(trial) <= base:
                break
            scale /= 2
            assert scale > mpf(10) ** -30
        moved = max(abs(trial[i] - r[i]) / r[i] for i in free)
        r = trial
        if moved < mpf(10) ** -20:
            break
    for i in range(len(r)):
        if i not in free:
            assert f(up(r, i, h)) > f(r), "the ratio at 0 would grow"
    return r


values = []


def put(key, value):
    values.append((key, mp.nstr(value, 17)))


def predictions(prefix, y, kinds, ratios, fitted, targets):
    """targets: name -> (levels of the effect, levels of the true mean, index of a value in that group)."""
    _, mu, s2, se, l, v1 = fitted
    residual = [a - mu for a in y]
    for name, (effect, whole, at) in targets.items():
        def cov(levels):
            return [s2 * sum(ratios[k] * (kinds[k][i] == kinds[k][at]) for k in levels) for i in range(len(y))]

        c = cov(effect)
        vc = solve(l, c)
        put(f"{prefix}/{name}/effect", sum(a * b for a, b in zip(vc, residual)) / s2)
        put(f"{prefix}/{name}/conditional", sqrt(max(0, s2 * sum(ratios[k] for k in effect) - sum(a * b for a, b in zip(vc, c)) / s2)))
        c = cov(whole)
        vc = solve(l, c)
        put(f"{prefix}/{name}/mean", mu + sum(a * b for a, b in zip(vc, residual)) / s2)
        known = s2 * sum(ratios[k] for k in whole) - sum(a * b for a, b in zip(vc, c)) / s2
        put(f"{prefix}/{name}/prediction", sqrt(known + (1 - sum(vc) / s2) ** 2 * se ** 2))


for name, districts in sets.items():
    own = [row for row in rows if row[0] == name]
    y = [mpf(row[3]) for row in own]
    d = [row[1] for row in own]
    s = [row[1] + "/" + row[2] for row in own]
    for label, kinds, restricted in (("three", [d, s], True), ("two", [s], True), ("two-full", [s], False)):
        ratios = best(y, kinds, restricted)
        fitted = fit_at(y, kinds, ratios, restricted)
        deviance, mu, s2, se, _, _ = fitted
        key = f"{label}/{name}"
        put(f"{key}/mu", mu)
        put(f"{key}/se", se)
        put(f"{key}/within", s2)
        put(f"{key}/deviance", deviance)
        for part, ratio in zip(["outer", "member"] if len(kinds) == 2 else ["between"], ratios):
            put(f"{key}/{part}", ratio * s2)
        if restricted:
            targets = {group: ((len(kinds) - 1,), tuple(range(len(kinds))), s.index(group)) for group in dict.fromkeys(s)}
            if len(kinds) == 2:
                targets |= {group: ((0,), (0,), d.index(group)) for group in dict.fromkeys(d)}
            predictions(key, y, kinds, ratios, fitted, targets)

# P(F >= f) and the f of a tail. With many degrees of freedom the beta series needs millions of terms, so the density is integrated instead.
def tail(f, d1, d2):
    a, b, edge = mpf(d2) / 2, mpf(d1) / 2, mpf(d2) / (d2 + d1 * f)
    if d1 + d2 < 1000:
        return betainc(a, b, 0, edge, regularized=True)
    spread = sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    constant = mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
    density = lambda x: mp.exp(constant + (a - 1) * log(x) + (b - 1) * log(1 - x))
    start = max(mpf(0), edge - 40 * spread)
    return mp.quad(density, mp.linspace(start, edge, 41))


mp.dps = 30
for p, d1, d2 in [("0.025", 1, 1), ("0.025", 9, 36), ("0.975", 9, 36), ("0.025", 2708, 10832), ("0.005", 4, 1), ("0.05", 200000, 1000000), ("1e-12", 3, 7)]:
    spread = sqrt(mpf(2) / d1 + mpf(2) / d2)
    guess = 2 * spread if d1 + d2 > 1000 else {"0.025": 1, "0.975": -1, "0.005": 9, "1e-12": 10}[p]
    x = findroot(lambda x: log(tail(mp.exp(x), d1, d2)) - log(mpf(p)), (mpf(guess), mpf(guess) + spread / 10))
    put(f"F/{p}/{d1}/{d2}", mp.exp(x))
for f, d1, d2 in [("4.5", 8, 180), ("2001", 8, 180), ("0.5", 3, 2), ("1.01", 20000, 100000)]:
    put(f"tail/{f}/{d1}/{d2}", tail(mpf(f), d1, d2))

with open(os.path.join(here, "reference.csv"), "w", newline="\n") as file:
    csv.writer(file, lineterminator="\n").writerows([("key", "value"), *values])
