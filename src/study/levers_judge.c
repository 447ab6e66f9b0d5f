/* Whether an intervention reaches the goal: one judge a strength. method.md, M7.1. */
#include "study/levers.h"

#include "base/status.h"

#include <string.h>

fpl_query fpli_lever_query(const fpli_lever_search *search, const fpl_formula *where)
{
    return (fpl_query){.reading = FPL_DO,
                       .fixed = search->held,
                       .n_fixed = search->options->n_row + search->size,
                       .where = where};
}

fpl_limits fpli_lever_limits(const fpli_lever_search *search)
{
    return (fpl_limits){
        .time_ms = fpli_watch_remaining_ms(&search->watch),
        .n_threads = 1,
        .cancel = search->watch.limits == NULL ? NULL : search->watch.limits->cancel};
}

int64_t fpli_lever_tension(fpli_lever_search *search, const uint16_t *z)
{
    int64_t sum = 0;
    fpl_consistency(search->model, z, search->balance, search->consistency, NULL);
    for (int i = 0; i < search->size; i++) {
        const int32_t c = search->consistency[fpli_lever_set(search)[i].descriptor];
        if (c < 0) sum -= c;
    }
    return sum;
}

/* A completion that satisfies a formula, into search->z. */
static fpl_status find(fpli_lever_search *s, const fpl_formula *where, bool *found)
{
    const fpl_query query = fpli_lever_query(s, where);
    const fpl_limits limits = fpli_lever_limits(s);
    fpl_outcome outcome = {0};
    s->levers->work.questions++;
    fpl_status status = fpli_solver_find(s->solver, &query, &limits, s->z, found,
                                         &outcome, s->error);
    if (status != FPL_OK) return status;
#ifndef NDEBUG
    if (*found) FPL_INVARIANT(fpl_query_admits(s->model, &query, s->z, s->balance));
#endif
    s->levers->stop = outcome.stop;
    return FPL_OK;
}

/* ---- by completions ------------------------------------------------------------------------ */

/* The counterexample in search->z refutes all that agree with it and hold whatever in it is under
 * tension. */
static fpl_status learn(fpli_lever_search *s)
{
    fpl_consistency(s->model, s->z, s->balance, s->consistency, NULL);
    for (int i = 0; i < s->levers->n_controls; i++) {
        const int d = s->levers->controls[i];
        s->may_skip[i] = s->consistency[d] >= 0;
        s->may_hold[i] = (uint64_t)1 << s->z[d];
    }
    return fpli_clauses_add(s->clauses, s->size, s->may_skip, s->may_hold);
}

static fpl_status judge_necessary(fpli_lever_search *s, fpli_verdict *verdict)
{
    fpl_status status = find(s, s->fails, &verdict->has_witness);
    if (status != FPL_OK || s->levers->stop != FPL_COMPLETE) return status;
    if (verdict->has_witness) return learn(s);
    status = find(s, s->goal, &verdict->has_witness);
    verdict->reaches = verdict->has_witness && s->levers->stop == FPL_COMPLETE;
    return status;
}

static fpl_status judge_possible(fpli_lever_search *s, fpli_verdict *verdict)
{
    fpl_status status = find(s, s->goal, &verdict->has_witness);
    verdict->reaches = verdict->has_witness && s->levers->stop == FPL_COMPLETE;
    return status;
}

/* ---- by succession ------------------------------------------------------------------------- */

static void remember(fpli_lever_search *s, const uint16_t *z, fpli_verdict *verdict)
{
    memcpy(s->z, z, s->n * sizeof *z);
    verdict->has_witness = true;
}

static void note_tension(fpli_lever_search *s, const uint16_t *z, fpli_verdict *verdict)
{
    const int64_t tension = fpli_lever_tension(s, z);
    if (verdict->tension < 0 || tension < verdict->tension) verdict->tension = tension;
}

/* Whether the goal holds all along an attractor; the witness is its first member, a counterexample
 * the first that fails. */
static bool holds_along(fpli_lever_search *s, const fpl_attractor *a,
                        fpli_verdict *verdict)
{
    verdict->cycle = a->length;
    for (size_t i = 0; i < a->length; i++) {
        const uint16_t *z = a->members + i * s->n;
        if (fpl_formula_holds(s->goal, z)) continue;
        remember(s, z, verdict);
        return false;
    }
    if (a->length > 0 && !verdict->has_witness) remember(s, a->members, verdict);
    return a->length > 0;
}

/* Whoever lets go cannot choose the moment: every member of a cycle must lead to the goal. */
static fpl_status let_go(fpli_lever_search *s, const fpl_attractor *held,
                         fpli_verdict *verdict)
{
    fpl_status status = FPL_OK;
    verdict->reaches = held->length > 0;
    for (size_t i = 0; i < held->length && status == FPL_OK && verdict->reaches; i++) {
        fpl_attractor free_ = {0};
        status = fpl_settle(s->model, &s->options->dynamics, s->held, s->options->n_row,
                            held->members + i * s->n, &free_, s->error);
        if (status == FPL_OK) verdict->reaches = holds_along(s, &free_, verdict);
        fpl_attractor_clear(&free_);
    }
    return status;
}

static fpl_status judge_attained(fpli_lever_search *s, fpli_verdict *verdict)
{
    fpl_attractor attractor = {0};
    s->levers->work.questions++;
    fpl_status status = fpl_settle(s->model, &s->options->dynamics, s->held,
                                   s->options->n_row + s->size, s->start, &attractor,
                                   s->error);
    if (status != FPL_OK) return status;
    for (size_t i = 0; i < attractor.length; i++)
        note_tension(s, attractor.members + i * s->n, verdict);
    if (s->options->release)
        status = let_go(s, &attractor, verdict);
    else
        verdict->reaches = holds_along(s, &attractor, verdict);
    fpl_attractor_clear(&attractor);
    return status;
}

static fpl_status judge_guaranteed(fpli_lever_search *s, fpli_verdict *verdict)
{
    fpl_reach *reach = NULL;
    const fpl_limits limits = fpli_lever_limits(s);
    s->levers->work.questions++;
    fpl_status status = fpl_reach_compute(s->model, &s->options->dynamics, s->held,
                                          s->options->n_row + s->size, s->start, &limits,
                                          &reach, s->error);
    if (status != FPL_OK) return status;
    s->levers->stop = fpl_reach_stop(reach);
    verdict->reaches = s->levers->stop == FPL_COMPLETE;
    for (size_t i = 0; i < fpl_reach_n(reach) && verdict->reaches; i++) {
        const uint16_t *z = fpl_reach_get(reach, i);
        if (fpl_reach_closed(reach, i) < 0) continue;
        note_tension(s, z, verdict);
        verdict->reaches = fpl_formula_holds(s->goal, z);
        if (!verdict->reaches || !verdict->has_witness) remember(s, z, verdict);
    }
    fpl_reach_free(reach);
    return status;
}

const fpli_lever_judge fpli_lever_judges[FPL_STRENGTH_END] = {
    [FPL_STRENGTH_NECESSARY] = judge_necessary,
    [FPL_STRENGTH_POSSIBLE] = judge_possible,
    [FPL_STRENGTH_ATTAINED] = judge_attained,
    [FPL_STRENGTH_GUARANTEED] = judge_guaranteed,
};

static const fpl_strength_info strengths[FPL_STRENGTH_END] = {
    {"necessary", N_("there are completions, and all of them reach the goal")},
    {"possible", N_("some completion reaches the goal")},
    {"attained", N_("succession from the start ends in the goal")},
    {"guaranteed", N_("every order of single moves from the start ends in the goal")},
};

const fpl_strength_info *fpl_strength_get(fpl_strength strength)
{
    return strength >= 0 && strength < FPL_STRENGTH_END ? &strengths[strength] : NULL;
}
