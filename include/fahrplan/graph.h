/* The roadmap as a graph: situations, and the moves of drivers that lead from one to the next.
 * method.md, M5.5 and M8.4. */
#ifndef FAHRPLAN_GRAPH_H
#define FAHRPLAN_GRAPH_H

#include <fahrplan/formula.h>
#include <fahrplan/roadmap.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where the world rests with the drivers as they are: a fixed point, or a cycle. */
typedef struct fpl_situation {
    size_t row; /* of the roadmap */
    const uint16_t
        *members; /* length scenarios of n variant indices, from the one that stands
                                first in listing order */
    size_t length;
    fpl_level_set levels;
    bool is_present; /* where the roadmap's start settles in its own row */
} fpl_situation;

/* A change of one driver (to a neighbouring variant if it is ordered, to any if not), after which
 * succession settles with the drivers held. */
typedef struct fpl_graph_move {
    uint32_t from, to; /* situations */
    uint16_t driver;   /* descriptor */
    uint16_t variant;  /* that it takes */
    uint32_t back;     /* where the reverse move leads from `to` */
    bool is_ratchet;   /* the reverse move does not restore the levels of `from` */
    bool is_no_return; /* no chain of moves leads from `to` back to `from` */
} fpl_graph_move;

typedef struct fpl_graph fpl_graph;

/* All zero: what can be reached from the present. */
typedef struct fpl_graph_options {
    bool all; /* begin with every completion of every row as well */
    bool
        use_max_tension; /* rows beyond max_tension are not entered; the present row always is */
    int64_t max_tension;
    fpl_dynamics dynamics; /* of succession; memory should be in force, M5.5 */
} fpl_graph_options;

/* From a cycle, succession goes on from its first member in listing order. Random order is refused.
 * limits->cap: at most so many situations (0: 2^20); fpl_graph_stop says FPL_STOPPED_CAP then, and
 * moves of the situations that were not looked at are missing.
 * Time: a settling for each move. roadmap must outlive the graph.
 * Errors: FPL_E_ARGUMENT, FPL_E_MEMORY, FPL_E_OVERFLOW (see fpl_settle). */
FPL_API fpl_status fpl_graph_make(const fpl_roadmap *roadmap,
                                  const fpl_graph_options *options,
                                  const fpl_limits *limits, fpl_graph **graph,
                                  fpl_error *error);
FPL_API void fpl_graph_free(fpl_graph *graph);
FPL_API size_t fpl_graph_n(const fpl_graph *graph);
FPL_API fpl_situation fpl_graph_get(const fpl_graph *graph, size_t index);
FPL_API fpl_stop fpl_graph_stop(const fpl_graph *graph);

/* Moves, sorted by `from`, then by driver and variant. Those of situation s are
 * fpl_graph_first_move(s) to fpl_graph_first_move(s + 1) - 1. */
FPL_API size_t fpl_graph_n_moves(const fpl_graph *graph);
FPL_API const fpl_graph_move *fpl_graph_get_move(const fpl_graph *graph, size_t index);
FPL_API size_t fpl_graph_first_move(const fpl_graph *graph, size_t situation);

/* ---- chains of events ----------------------------------------------------------------------- */

/* The chains with the fewest moves from the present to a situation with the goal (in a cycle: every
 * member has it). Situation 0 is the present. */
typedef struct fpl_chains fpl_chains;

/* limits->cap: list at most so many chains (0: 10); the number of all is exact. Chains are listed in
 * the order of their moves. Errors: FPL_E_MEMORY, FPL_E_OVERFLOW (builds without GMP). */
FPL_API fpl_status fpl_chains_find(const fpl_graph *graph, const fpl_formula *goal,
                                   const fpl_limits *limits, fpl_chains **chains,
                                   fpl_error *error);
FPL_API void fpl_chains_free(fpl_chains *chains);

/* Moves of a cheapest chain; -1: no chain reaches the goal; 0: the present has it. */
FPL_API int fpl_chains_length(const fpl_chains *chains);
FPL_API const fpl_count *fpl_chains_count(const fpl_chains *chains);
FPL_API size_t fpl_chains_n(const fpl_chains *chains);

/* The moves of a listed chain: fpl_chains_length indices of moves. */
FPL_API const size_t *fpl_chains_get(const fpl_chains *chains, size_t index);

#ifdef __cplusplus
}
#endif

#endif
