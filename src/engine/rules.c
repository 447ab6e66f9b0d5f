/* A rule is a function that says where a scenario goes in one step. */
#include "engine/rules.h"

#include "base/rng.h"
#include "base/status.h"
#include "base/text.h"
#include "model/formula.h"

#include <string.h>

const fpl_dynamics fpli_plain_dynamics = {0};

/* ---- wishes ------------------------------------------------------------------------------- */

static bool is_excluded_with(const fpli_step *s, const uint16_t *now, int d, int v)
{
    const fpl_content *content = fpl_model_content(s->model);
    if (content->exclusions.n == 0) return false;
    uint64_t domains[FPL_DESCRIPTORS_MAX];
    for (int i = 0; i < fpl_model_n_descriptors(s->model); i++)
        domains[i] = (uint64_t)1 << now[i];
    domains[d] = (uint64_t)1 << v;
    for (int e = 0; e < content->exclusions.n; e++)
        if (fpli_formula_under(content->exclusions.items[e].when.formula, domains) ==
            FPLI_TRUE)
            return true;
    return false;
}

static bool never_moves(const fpli_step *s, int d, int from, int to)
{
    if (!s->dynamics->memory) return false;
    const fpl_descriptor *own = &fpl_model_content(s->model)->descriptors.items[d];
    for (int m = 0; m < own->never.n; m++)
        if (own->never.items[m].from.index == from && own->never.items[m].to.index == to)
            return true;
    return false;
}

static bool may_move(const fpli_step *s, const uint16_t *now, int d, int to)
{
    return !never_moves(s, d, now[d], to) && !is_excluded_with(s, now, d, to);
}

int32_t fpli_stickiness(const fpl_model *model, const fpl_dynamics *dynamics, int d)
{
    const int64_t most = INT32_MAX / 8; /* beyond every gain, and twice it still fits */
    if (!dynamics->memory) return 0;
    const int64_t stated =
        (int64_t)fpl_model_content(model)->descriptors.items[d].stickiness *
        fpl_model_denominator(model);
    return (int32_t)(stated < most ? stated : most);
}

fpli_wish fpli_wish_of(const fpli_step *step, const uint16_t *now, int d)
{
    const int32_t *own = step->balance + fpl_model_offset(step->model, d);
    fpli_wish best = {now[d], 0};
    if (step->held != NULL && step->held[d]) return best;
    for (int v = 0; v < fpl_model_n_variants(step->model, d); v++) {
        const int32_t gain = own[v] - own[now[d]];
        if (gain > best.gain && may_move(step, now, d, v)) best = (fpli_wish){v, gain};
    }
    if (best.gain <= fpli_stickiness(step->model, step->dynamics, d))
        return (fpli_wish){now[d], 0};
    return best;
}

/* Take a move and write it down, with its gain as the scores stand now. */
static void move(const fpli_step *s, uint16_t *next, int d, int to)
{
    const int32_t *own = s->balance + fpl_model_offset(s->model, d);
    if (s->moves != NULL && next[d] != to)
        s->moves[(*s->n_moves)++] = (fpl_trace_move){(uint16_t)d, next[d], (uint16_t)to,
                                                     own[to] - own[next[d]]};
    next[d] = (uint16_t)to;
}

/* ---- the rules ---------------------------------------------------------------------------- */

static bool step_local(const fpli_step *s, uint16_t *next)
{
    int who = -1;
    fpli_wish most = {0, 0};
    for (int d = 0; d < fpl_model_n_descriptors(s->model); d++) {
        const fpli_wish own = fpli_wish_of(s, s->z, d);
        if (own.gain <= most.gain) continue;
        most = own;
        who = d;
    }
    if (who < 0) return false;
    move(s, next, who, most.variant);
    return true;
}

static bool step_global(const fpli_step *s, uint16_t *next)
{
    bool moved = false;
    for (int d = 0; d < fpl_model_n_descriptors(s->model); d++) {
        const fpli_wish own = fpli_wish_of(s, s->z, d);
        if (own.gain == 0) continue;
        move(s, next, d, own.variant);
        moved = true;
    }
    return moved;
}

/* The nearest variant on the way to the best one that may be taken; the best one itself may. */
static int one_towards(const fpli_step *s, int d, int best)
{
    const int towards = best > s->z[d] ? 1 : -1;
    int v = s->z[d] + towards;
    while (v != best && !may_move(s, s->z, d, v)) v += towards;
    return v;
}

static bool step_incremental(const fpli_step *s, uint16_t *next)
{
    bool moved = false;
    for (int d = 0; d < fpl_model_n_descriptors(s->model); d++) {
        const fpli_wish own = fpli_wish_of(s, s->z, d);
        if (own.gain == 0) continue;
        move(s, next, d,
             fpl_model_is_ordered(s->model, d) ? one_towards(s, d, own.variant)
                                               : own.variant);
        moved = true;
    }
    return moved;
}

static void replace(const fpli_step *s, int d, int from, int to)
{
    const int n_all = fpl_model_offset(s->model, fpl_model_n_descriptors(s->model));
    const int16_t *matrix = fpl_model_matrix(s->model);
    const int16_t *old = matrix +
                         (size_t)(fpl_model_offset(s->model, d) + from) * (size_t)n_all;
    const int16_t *new = matrix +
                         (size_t)(fpl_model_offset(s->model, d) + to) * (size_t)n_all;
    for (int v = 0; v < n_all; v++) s->balance[v] += new[v] - old[v];
}

/* Under lags a move acts later, so those who come after do not feel it yet. */
static bool move_in_turn(const fpli_step *s, const uint16_t *order, uint16_t *next)
{
    bool moved = false;
    for (int i = 0; i < fpl_model_n_descriptors(s->model); i++) {
        const int d = order == NULL ? i : order[i];
        const fpli_wish own = fpli_wish_of(s, next, d);
        if (own.gain == 0) continue;
        move(s, next, d, own.variant);
        if (fpl_model_content(s->model)
                    ->descriptors.items[d]
                    .variants.items[own.variant]
                    .lag == 0 ||
            !s->dynamics->memory)
            replace(s, d, s->acting[d], own.variant);
        moved = true;
    }
    return moved;
}

static bool step_sequential(const fpli_step *s, uint16_t *next)
{
    return move_in_turn(s, s->dynamics->order, next);
}

static bool step_random(const fpli_step *s, uint16_t *next)
{
    uint16_t order[FPL_DESCRIPTORS_MAX] = {0};
    fpli_rng rng;
    const int n = fpl_model_n_descriptors(s->model);
    fpli_rng_start_at(&rng, s->dynamics->seed, "order", s->number);
    for (int i = 0; i < n; i++) order[i] = (uint16_t)i;
    for (int i = n - 1; i > 0; i--) {
        const size_t other = (size_t)fpli_rng_below(&rng, (uint64_t)i + 1);
        const uint16_t kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
    return move_in_turn(s, order, next);
}

static int speed_of(const fpli_step *s, int d)
{
    if (s->dynamics->speed != NULL) return s->dynamics->speed[d];
    switch (fpl_model_content(s->model)->descriptors.items[d].kind) {
    case FPL_DRIVER: return 2;
    case FPL_CHOICE: return 1;
    default: return 0;
    }
}

static bool step_adiabatic(const fpli_step *s, uint16_t *next)
{
    const int n = fpl_model_n_descriptors(s->model);
    int fastest = -1;
    for (int d = 0; d < n; d++)
        if ((fastest < 0 || speed_of(s, d) < fastest) &&
            fpli_wish_of(s, s->z, d).gain > 0)
            fastest = speed_of(s, d);
    for (int d = 0; d < n && fastest >= 0; d++)
        if (speed_of(s, d) == fastest) move(s, next, d, fpli_wish_of(s, s->z, d).variant);
    return fastest >= 0;
}

typedef struct rule_row {
    fpl_succession_info info;
    bool (*take)(const fpli_step *, uint16_t *);
} rule_row;

static const rule_row rules[FPL_SUCCESSION_END] = {
    {{FPL_SUCCESSION_LOCAL, "local", N_("the descriptor with the largest tension moves")},
     step_local},
    {{FPL_SUCCESSION_GLOBAL, "global", N_("all move at once")}, step_global},
    {{FPL_SUCCESSION_INCREMENTAL, "incremental",
      N_("all move at once, ordered ones by one variant towards the best")},
     step_incremental},
    {{FPL_SUCCESSION_SEQUENTIAL, "sequential",
      N_("one moves after the other, each sees the moves before it")},
     step_sequential},
    {{FPL_SUCCESSION_RANDOM, "random",
      N_("one moves after the other, in an order drawn anew for each step")},
     step_random},
    {{FPL_SUCCESSION_ADIABATIC, "adiabatic",
      N_("all of one speed move at once, the slower ones when the faster rest")},
     step_adiabatic},
};

const fpl_succession_info *fpl_succession_get(fpl_succession rule)
{
    return (unsigned)rule < FPL_SUCCESSION_END ? &rules[rule].info : NULL;
}

bool fpli_step_take(const fpli_step *step, uint16_t *next)
{
    fpl_balance(step->model, step->acting, step->balance);
    memcpy(next, step->z, (size_t)fpl_model_n_descriptors(step->model) * sizeof *next);
    return rules[step->dynamics->rule].take(step, next);
}

bool fpl_successor(const fpl_model *model, const fpl_dynamics *dynamics, const bool *held,
                   const uint16_t *z, uint64_t number, int32_t *balance, uint16_t *next)
{
    const fpli_step step = {.model = model,
                            .dynamics = dynamics == NULL ? &fpli_plain_dynamics
                                                         : dynamics,
                            .held = held,
                            .z = z,
                            .acting = z,
                            .number = number,
                            .balance = balance};
    return fpli_step_take(&step, next);
}

/* ---- what is in force --------------------------------------------------------------------- */

int fpli_longest_lag(const fpl_model *model, const fpl_dynamics *dynamics)
{
    const fpl_content *content = fpl_model_content(model);
    int longest = 0;
    for (int d = 0; d < content->descriptors.n && dynamics->memory; d++)
        for (int v = 0; v < content->descriptors.items[d].variants.n; v++) {
            const int lag = content->descriptors.items[d].variants.items[v].lag;
            longest = lag > longest ? lag : longest;
        }
    return longest;
}

bool fpli_has_never(const fpl_model *model, const fpl_dynamics *dynamics)
{
    const fpl_content *content = fpl_model_content(model);
    for (int d = 0; d < content->descriptors.n && dynamics->memory; d++)
        if (content->descriptors.items[d].never.n > 0) return true;
    return false;
}

fpl_status fpli_dynamics_check(const fpl_model *model, const fpl_dynamics *dynamics,
                               fpl_error *error)
{
    const int n = fpl_model_n_descriptors(model);
    bool seen[FPL_DESCRIPTORS_MAX] = {false};
    if ((unsigned)dynamics->rule >= FPL_SUCCESSION_END)
        return fpli_fail(error, FPL_E_ARGUMENT, "no rule of succession has the number %d",
                         (int)dynamics->rule);
    for (int i = 0; i < n && dynamics->order != NULL; i++) {
        const int d = dynamics->order[i];
        if (d >= n)
            return fpli_fail(error, FPL_E_ARGUMENT, "there is no descriptor %d", d);
        if (seen[d])
            return fpli_fail(error, FPL_E_ARGUMENT,
                             "an order names every descriptor once, not %d twice", d);
        seen[d] = true;
    }
    return FPL_OK;
}
