/* Succession: a table of rules, each a function that says where a scenario goes in one step. */
#include <fahrplan/succession.h>

#include "base/mem.h"
#include "base/status.h"
#include "model/formula.h"

#include <string.h>

#define CYCLE_MAX ((size_t)1 << 20)

/* A move: descriptor d would rather take variant v, and gains so much. gain 0: it stays. */
typedef struct wish {
    int variant;
    int32_t gain;
} wish;

typedef struct step {
    const fpl_model *model;
    const bool *held;
    const uint16_t *z;
    const int32_t *balance;
} step;

static bool is_excluded_with(const step *s, int d, int v)
{
    const fpl_content *content = fpl_model_content(s->model);
    if (content->exclusions.n == 0) return false;
    uint64_t domains[FPL_DESCRIPTORS_MAX];
    for (int i = 0; i < fpl_model_n_descriptors(s->model); i++)
        domains[i] = (uint64_t)1 << s->z[i];
    domains[d] = (uint64_t)1 << v;
    for (int e = 0; e < content->exclusions.n; e++)
        if (fpli_formula_under(content->exclusions.items[e].when.formula, domains) ==
            FPLI_TRUE)
            return true;
    return false;
}

/* M3.1, and M2.8: nobody wishes to move where an exclusion stands. */
static wish wish_of(const step *s, int d)
{
    const int32_t *own = s->balance + fpl_model_offset(s->model, d);
    wish best = {s->z[d], 0};
    if (s->held != NULL && s->held[d]) return best;
    for (int v = 0; v < fpl_model_n_variants(s->model, d); v++) {
        const int32_t gain = own[v] - own[s->z[d]];
        if (gain > best.gain && !is_excluded_with(s, d, v)) best = (wish){v, gain};
    }
    return best;
}

static bool step_local(const step *s, uint16_t *next)
{
    int who = -1;
    wish most = {0, 0};
    for (int d = 0; d < fpl_model_n_descriptors(s->model); d++) {
        const wish own = wish_of(s, d);
        if (own.gain <= most.gain) continue;
        most = own;
        who = d;
    }
    if (who < 0) return false;
    next[who] = (uint16_t)most.variant;
    return true;
}

static bool step_global(const step *s, uint16_t *next)
{
    bool moved = false;
    for (int d = 0; d < fpl_model_n_descriptors(s->model); d++) {
        const wish own = wish_of(s, d);
        if (own.gain == 0) continue;
        next[d] = (uint16_t)own.variant;
        moved = true;
    }
    return moved;
}

static bool (*const rules[FPL_SUCCESSION_END])(const step *, uint16_t *) = {
    [FPL_SUCCESSION_LOCAL] = step_local,
    [FPL_SUCCESSION_GLOBAL] = step_global,
};

bool fpl_successor(const fpl_model *model, fpl_succession rule, const bool *held,
                   const uint16_t *z, int32_t *balance, uint16_t *next)
{
    const step s = {model, held, z, balance};
    fpl_balance(model, z, balance);
    memcpy(next, z, (size_t)fpl_model_n_descriptors(model) * sizeof *next);
    return rules[rule](&s, next);
}

/* ---- settling ----------------------------------------------------------------------------- */

typedef struct walk {
    const fpl_model *model;
    fpl_succession rule;
    bool *held;
    int32_t *balance;
    uint16_t *slow, *fast, *next; /* scenarios */
    size_t size;                  /* bytes of one */
} walk;

static void advance(walk *w, uint16_t *z)
{
    fpl_successor(w->model, w->rule, w->held, z, w->balance, w->next);
    memcpy(z, w->next, w->size);
}

static void walk_clear(walk *w)
{
    fpli_free(w->held);
    fpli_free(w->balance);
    fpli_free(w->slow);
    fpli_free(w->fast);
    fpli_free(w->next);
}

static fpl_status walk_start(walk *w, const fpl_model *model, fpl_succession rule)
{
    const size_t n = (size_t)fpl_model_n_descriptors(model);
    *w = (walk){.model = model, .rule = rule, .size = n * sizeof(uint16_t)};
    w->held = fpli_new(n, sizeof *w->held);
    w->balance = fpli_new((size_t)fpl_model_offset(model, (int)n), sizeof *w->balance);
    w->slow = fpli_new(n, sizeof *w->slow);
    w->fast = fpli_new(n, sizeof *w->fast);
    w->next = fpli_new(n, sizeof *w->next);
    const bool made = w->held != NULL && w->balance != NULL && w->slow != NULL &&
                      w->fast != NULL && w->next != NULL;
    return made ? FPL_OK : FPL_E_MEMORY;
}

static fpl_status hold(walk *w, const fpl_fixing *held, int n_held, uint16_t *z,
                       fpl_error *error)
{
    for (int h = 0; h < n_held; h++) {
        if (held[h].descriptor >= fpl_model_n_descriptors(w->model) ||
            held[h].variant >= fpl_model_n_variants(w->model, held[h].descriptor))
            return fpli_fail(error, FPL_E_ARGUMENT,
                             "there is no variant %d of descriptor %d", held[h].variant,
                             held[h].descriptor);
        w->held[held[h].descriptor] = true;
        z[held[h].descriptor] = held[h].variant;
    }
    return FPL_OK;
}

/* Brent's cycle detection from `start`: the length of the cycle, and the steps that lead to it. */
static size_t find_cycle(walk *w, const uint16_t *start, uint64_t *steps)
{
    size_t power = 1, length = 1;
    memcpy(w->slow, start, w->size);
    memcpy(w->fast, start, w->size);
    advance(w, w->fast);
    while (memcmp(w->slow, w->fast, w->size) != 0) {
        if (power == length) {
            memcpy(w->slow, w->fast, w->size);
            power *= 2;
            length = 0;
        }
        advance(w, w->fast);
        length++;
    }
    memcpy(w->slow, start, w->size);
    memcpy(w->fast, start, w->size);
    for (size_t i = 0; i < length; i++) advance(w, w->fast);
    for (*steps = 0; memcmp(w->slow, w->fast, w->size) != 0; ++*steps) {
        advance(w, w->slow);
        advance(w, w->fast);
    }
    return length;
}

fpl_status fpl_settle(const fpl_model *model, fpl_succession rule, const fpl_fixing *held,
                      int n_held, const uint16_t *z, fpl_attractor *attractor,
                      fpl_error *error)
{
    fpl_status status = FPL_OK;
    walk w = {0};
    uint16_t *start = NULL, *members = NULL;
    const size_t n = (size_t)fpl_model_n_descriptors(model);
    if ((unsigned)rule >= FPL_SUCCESSION_END)
        return fpli_fail(error, FPL_E_ARGUMENT, "no rule of succession has the number %d",
                         (int)rule);
    FPL_TRY(walk_start(&w, model, rule));
    start = fpli_new(n, sizeof *start);
    FPL_TRY(start == NULL ? FPL_E_MEMORY : FPL_OK);
    memcpy(start, z, w.size);
    FPL_TRY(hold(&w, held, n_held, start, error));
    uint64_t steps = 0;
    const size_t length = find_cycle(&w, start, &steps);
    if (length > CYCLE_MAX)
        FPL_TRY(fpli_fail(error, FPL_E_OVERFLOW,
                          "succession ends in a cycle of %zu scenarios", length));
    members = fpli_new(length, w.size);
    FPL_TRY(members == NULL ? FPL_E_MEMORY : FPL_OK);
    for (size_t i = 0; i < length; i++, advance(&w, w.slow))
        memcpy(members + i * n, w.slow, w.size);
    *attractor = (fpl_attractor){members, length, steps, (int)n};
    members = NULL;
out:
    walk_clear(&w);
    fpli_free(start);
    fpli_free(members);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_attractor_clear(fpl_attractor *attractor)
{
    fpli_free(attractor->members);
    memset(attractor, 0, sizeof *attractor);
}
