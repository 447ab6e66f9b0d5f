/* Fahrplan: cross-impact balances and conditional roadmaps, computed exactly.
 *
 * The whole public interface. Read in this order:
 *
 *   status.h      what functions return, how errors speak
 *   records.h     what an analyst states: plain data, one struct a concept
 *   model.h       builder -> model: the same data checked, linked and immutable
 *   formula.h     conditions such as "LEVEL>=L2 and not NEA=crisis"
 *   io.h          files <-> models
 *   limits.h      deadline, cap, cancel, progress, threads
 *   checkpoint.h  long calls that survive the end of their process
 *   count.h       exact numbers of any size
 *   balance.h     one scenario: balances, consistency values, tension
 *   scenarios.h   all scenarios: visit, collect, count
 *   resolver.h    the same with other judgements, thousands of times
 *   succession.h  where a scenario goes when it is not consistent
 *   tension.h     the distribution of total tension over all scenarios
 *   regime.h      status of measures, admissibility
 *   roadmap.h     the conditional roadmap: rows and their levels
 *   decision.h    the roadmap merged: decision table and decision tree
 *   graph.h       the roadmap as a graph: moves of drivers, chains, ratchets
 *   loops.h       traps, claims that make themselves true, levels that stay
 *   signposts.h   what to watch, and how much a report tells
 *   gates.h       verdicts on stated gates, gates that follow from the rows
 *   explain.h     why is a scenario, or a variant, (in)consistent
 *   basins.h      every attractor and its weight
 *   landscape.h   how far futures lie apart, what moves one into another
 *   vary.h        changed copies of a model: judgements set, evidence left out
 *   compare.h     two models side by side, in what they state and what they answer
 *   lint.h        findings about a model
 *   system.h      who drives whom: sums, grid, loops, paths, components
 *   generate.h    seeded random models
 *   document.h    results as documents, for people and for programs
 *   results.h     one function a result
 *
 * Conventions, once for all:
 *
 *   - A function that can fail returns fpl_status, FPL_OK is zero. Results go through trailing
 *     pointers and stay untouched on failure. The last parameter may be NULL or a record that
 *     receives the sentence to show.
 *   - What _new, _load, _build or _collect gives is yours: release it with the matching _free,
 *     which accepts NULL. Everything else is borrowed and lives as long as its object.
 *   - A model is immutable; any number of threads may use it.
 *   - Descriptors and variants are addressed by index (0-based, in the order of the model). A
 *     scenario is an array of n uint16_t variant indices, one a descriptor.
 *   - Judgements are integers in units of 1/fpl_model_denominator(model) (1 unless a judgement
 *     has decimals). So are balances, consistency values and tensions.
 *   - Options structs: all zero means the defaults.
 *   - Stopping at a limit is no failure: the call returns FPL_OK and the result says so.
 */
#ifndef FAHRPLAN_H
#define FAHRPLAN_H

#define FPL_VERSION_MAJOR 0
#define FPL_VERSION_MINOR 1
#define FPL_VERSION_PATCH 0
#define FPL_VERSION       "0.1.0"

#include <fahrplan/balance.h>
#include <fahrplan/basins.h>
#include <fahrplan/checkpoint.h>
#include <fahrplan/compare.h>
#include <fahrplan/count.h>
#include <fahrplan/decision.h>
#include <fahrplan/document.h>
#include <fahrplan/explain.h>
#include <fahrplan/formula.h>
#include <fahrplan/gates.h>
#include <fahrplan/generate.h>
#include <fahrplan/graph.h>
#include <fahrplan/io.h>
#include <fahrplan/landscape.h>
#include <fahrplan/levers.h>
#include <fahrplan/limits.h>
#include <fahrplan/lint.h>
#include <fahrplan/loops.h>
#include <fahrplan/model.h>
#include <fahrplan/records.h>
#include <fahrplan/regime.h>
#include <fahrplan/resolver.h>
#include <fahrplan/results.h>
#include <fahrplan/roadmap.h>
#include <fahrplan/scenarios.h>
#include <fahrplan/signposts.h>
#include <fahrplan/solutions.h>
#include <fahrplan/status.h>
#include <fahrplan/succession.h>
#include <fahrplan/system.h>
#include <fahrplan/tension.h>
#include <fahrplan/tipping.h>
#include <fahrplan/vary.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Version of the library that is linked, as "0.1.0". */
FPL_API const char *fpl_version(void);

#ifdef __cplusplus
}
#endif

#endif
