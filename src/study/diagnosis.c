/* How much a report tells of a goal, method.md M6.6. Every scenario of the set counts alike. */
#include "base/mem.h"
#include "base/status.h"

#include <fahrplan/signposts.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct fpl_diagnoses {
    fpl_diagnosis *items;
    int n;
    double goal;
};

typedef struct clinic {
    const fpl_model *model;
    const fpl_scenarios *scenarios;
    const bool *reached; /* of each scenario: G */
    double goal, threshold;
} clinic;

/* Joint probabilities: of the report with G, and without. */
typedef struct joint {
    double with, without;
} joint;

static double part(double joint_share, double a, double b)
{
    return joint_share <= 0 ? 0 : joint_share * log2(joint_share / (a * b));
}

static double larger_ratio(double a, double b)
{
    if (a <= 0 && b <= 0) return 1;
    if (a <= 0 || b <= 0) return INFINITY;
    return a > b ? a / b : b / a;
}

/* Bits that one report adds: all of its two terms. */
static double bits_of(const clinic *c, joint j)
{
    const double share = j.with + j.without;
    return part(j.with, share, c->goal) + part(j.without, share, 1 - c->goal);
}

static bool crosses(const clinic *c, double after)
{
    return !isnan(after) && (c->goal < c->threshold) != (after < c->threshold);
}

static double given(joint j)
{
    return j.with + j.without <= 0 ? NAN : j.with / (j.with + j.without);
}

/* What is left of a share; less than sums can tell counts as nothing. */
static double rest(double whole, double taken)
{
    return whole - taken > 1e-14 ? whole - taken : 0;
}

/* The figures of a report yes or no. */
static void fill(const clinic *c, joint yes, fpl_diagnosis *d)
{
    const joint no = {rest(c->goal, yes.with), rest(1 - c->goal, yes.without)};
    d->report = yes.with + yes.without;
    d->goal_if_yes = given(yes);
    d->goal_if_no = given(no);
    d->information = bits_of(c, yes) + bits_of(c, no);
    const double g = c->goal, other = 1 - c->goal;
    if (g > 0 && other > 0) {
        const double on = larger_ratio(yes.with / g, yes.without / other);
        const double off = larger_ratio(no.with / g, no.without / other);
        d->ratio = on > off ? on : off;
    } else {
        d->ratio = 1;
    }
    d->triggers_if_yes = crosses(c, d->goal_if_yes);
    d->triggers_if_no = crosses(c, d->goal_if_no);
}

/* The report weighs each scenario by its likelihood there. */
static joint weigh(const clinic *c, int descriptor, const double *likelihood)
{
    joint j = {0};
    const size_t n = fpl_scenarios_n(c->scenarios);
    for (size_t s = 0; s < n; s++) {
        const double share = likelihood[fpl_scenarios_get(c->scenarios, s)[descriptor]] /
                             (double)n;
        if (c->reached[s])
            j.with += share;
        else
            j.without += share;
    }
    return j;
}

static void diagnose_signpost(const clinic *c, int index, fpl_diagnosis *d)
{
    const fpl_signpost *s = &fpl_model_content(c->model)->signposts.items[index];
    double likelihood[FPL_VARIANTS_MAX] = {0};
    *d = (fpl_diagnosis){.signpost = index,
                         .descriptor = s->about.index,
                         .is_stated = s->about.index >= 0 && s->likelihood.n > 0,
                         .variant = -1,
                         .ratio = 1};
    if (!d->is_stated) return;
    for (int i = 0; i < s->likelihood.n; i++)
        if (s->likelihood.items[i].value.stated)
            likelihood[s->likelihood.items[i].variant.index] =
                s->likelihood.items[i].value.value;
    fill(c, weigh(c, s->about.index, likelihood), d);
}

/* A descriptor that is seen as it is: the figures of its most telling variant, and the information
 * of all variants together. */
static void diagnose_descriptor(const clinic *c, int descriptor, fpl_diagnosis *d)
{
    double all = 0, farthest = -1;
    *d = (fpl_diagnosis){.signpost = -1, .descriptor = descriptor, .is_stated = true};
    for (int v = 0; v < fpl_model_n_variants(c->model, descriptor); v++) {
        double likelihood[FPL_VARIANTS_MAX] = {0};
        likelihood[v] = 1;
        const joint j = weigh(c, descriptor, likelihood);
        fpl_diagnosis own = *d;
        if (j.with + j.without <= 0) continue;
        all += bits_of(c, j);
        fill(c, j, &own);
        if (fabs(own.goal_if_yes - c->goal) <= farthest + 1e-12) continue;
        farthest = fabs(own.goal_if_yes - c->goal);
        *d = own;
        d->variant = v;
    }
    d->information = all > 1e-12 ? all : 0;
}

static int by_information(const void *left, const void *right)
{
    const fpl_diagnosis *a = left, *b = right;
    if ((a->signpost < 0) != (b->signpost < 0)) return a->signpost < 0 ? 1 : -1;
    if (a->is_stated != b->is_stated) return a->is_stated ? -1 : 1;
    const long long more = llround(a->information * 1e9),
                    less = llround(b->information * 1e9);
    if (more != less) return more > less ? -1 : 1;
    if (a->signpost != b->signpost) return a->signpost < b->signpost ? -1 : 1;
    return a->descriptor < b->descriptor ? -1 : a->descriptor > b->descriptor;
}

static fpl_status check(const fpl_scenarios *scenarios, double threshold,
                        fpl_error *error)
{
    if (!(threshold >= 0 && threshold <= 1))
        return fpli_fail(error, FPL_E_ARGUMENT, "a threshold lies between 0 and 1");
    if (fpl_scenarios_n(scenarios) == 0)
        return fpli_fail(
            error, FPL_E_ARGUMENT,
            "there are no scenarios over which a report could tell anything");
    return FPL_OK;
}

fpl_status fpl_signposts_diagnose(const fpl_model *model, const fpl_scenarios *scenarios,
                                  const fpl_formula *goal, double threshold,
                                  fpl_diagnoses **diagnoses, fpl_error *error)
{
    const int n = fpl_model_n_descriptors(model);
    const int n_signposts = fpl_model_content(model)->signposts.n;
    const size_t n_scenarios = fpl_scenarios_n(scenarios);
    fpl_status status = check(scenarios, threshold, error);
    if (status != FPL_OK) return status;
    clinic c = {.model = model, .scenarios = scenarios, .threshold = threshold};
    bool *reached = fpli_new(n_scenarios, sizeof *reached);
    bool *named = fpli_new((size_t)n, sizeof *named);
    fpl_diagnoses *made = fpli_new(1, sizeof *made);
    FPL_TRY(reached == NULL || named == NULL || made == NULL ? FPL_E_MEMORY : FPL_OK);
    made->items = fpli_new((size_t)(n + n_signposts), sizeof *made->items);
    FPL_TRY(made->items == NULL ? FPL_E_MEMORY : FPL_OK);
    size_t n_reached = 0;
    for (size_t s = 0; s < n_scenarios; s++) {
        reached[s] = fpl_formula_holds(goal, fpl_scenarios_get(scenarios, s));
        n_reached += reached[s];
    }
    c.reached = reached;
    c.goal = made->goal = (double)n_reached / (double)n_scenarios;
    fpl_formula_mark_descriptors(goal, named);
    for (int s = 0; s < n_signposts; s++)
        diagnose_signpost(&c, s, &made->items[made->n++]);
    for (int d = 0; d < n; d++)
        if (!named[d]) diagnose_descriptor(&c, d, &made->items[made->n++]);
    qsort(made->items, (size_t)made->n, sizeof *made->items, by_information);
    *diagnoses = made;
    made = NULL;
out:
    fpl_diagnoses_free(made);
    fpli_free(reached);
    fpli_free(named);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_diagnoses_free(fpl_diagnoses *diagnoses)
{
    if (diagnoses == NULL) return;
    fpli_free(diagnoses->items);
    fpli_free(diagnoses);
}

int fpl_diagnoses_n(const fpl_diagnoses *diagnoses)
{
    return diagnoses->n;
}

const fpl_diagnosis *fpl_diagnoses_get(const fpl_diagnoses *diagnoses, int index)
{
    return &diagnoses->items[index];
}

double fpl_diagnoses_goal(const fpl_diagnoses *diagnoses)
{
    return diagnoses->goal;
}
