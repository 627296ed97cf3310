"""The tables and lines that compare.py writes."""


def row_text(row):
    ours = 1e9 * row["seconds_a_step"]["ours"]
    others = ", ".join(f"{program} {ratio:,.0f} times that" for program, ratio in row["ratio"].items())
    return f"{row['towns']:2} towns, {row['people']:9,} people: ours {ours:7.0f} ns a step; {others}"


def result_text(r):
    text = (f"{r['towns']:2} towns, {'with' if r['shocks'] else 'no'} shocks, {r['side']:7}: {r['program']:9}"
            f" {r['runs']:5} runs, ln(1 + crowd) {r['mean']:.3f}, sd {r['sd']:.3f}")
    if "agrees" in r:
        text += (f", off by {r['difference']:+.3f} ± {r['error']:.3f} (p {r['p_mean']:.2g}, of the spread"
                 f" {r['p_spread']:.2g}): {'agrees' if r['agrees'] else 'DISAGREES'}")
    return text


def of_times(rows, whole_run):
    programs = list(rows[0]["ratio"])
    lines = [f"| towns | people | ours, a step | {' | '.join(programs)} |",
             "| --- | --- | --- |" + " --- |" * len(programs)]
    for row in rows:
        cells = []
        for program in programs:
            low, high = row["ratio_range"][program]
            cut = "" if row["steps"][program] == whole_run else f", {row['steps'][program]:.0f} steps"
            cells.append(f"{row['ratio'][program]:,.0f} ({low:,.0f} to {high:,.0f}{cut})")
        ours = 1e9 * row["seconds_a_step"]["ours"]
        lines.append(f"| {row['towns']} | {row['people']:,} | {ours:.0f} ns | {' | '.join(cells)} |")
    return lines


def of_check(results):
    titles = ("towns", "shocks", "side", "program", "runs", "mean crowd", "mean of ln(1 + crowd), less ours", "its sd",
              "p of mean, of spread", "")
    lines = [f"| {' | '.join(titles)} |", "|" + " --- |" * len(titles)]
    for r in results:
        compared = ["", "", ""]
        if "agrees" in r:
            compared = [f"{r['difference']:+.3f} ± {r['error']:.3f}", f"{r['p_mean']:.2g}, {r['p_spread']:.2g}",
                        "agrees" if r["agrees"] else "**disagrees**"]
        cells = [str(r["towns"]), "yes" if r["shocks"] else "no", r["side"], r["program"], str(r["runs"]),
                 f"{r['mean_crowd']:.1f}", compared[0], f"{r['sd']:.3f}", *compared[1:]]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def of_supports(results):
    titles = ("support", "side", "mean crowd, ours", "plain C++", "ours is off by")
    lines = [f"| {' | '.join(titles)} |", "|" + " --- |" * len(titles)]
    for r in results:
        off = f"{100 * r['off']:+.1f} ± {100 * r['error']:.1f} %"
        lines.append(f"| {r['support']} | {r['side']} | {r['ours']:.1f} | {r['plain C++']:.1f} | {off} |")
    return lines


def goals_text(rows, goals):
    for program, goal in goals.items():
        met = sum(row["ratio"][program] >= goal for row in rows)
        yield f"Goal: {goal:,} times faster than {program}. Met at {met} of {len(rows)} sizes."
