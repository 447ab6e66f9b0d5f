/* Balance sheets: for each descriptor the judgements that speak for its variant and for the best
 * rival, set side by side. */
#include <fahrplan/explain.h>

#include "base/mem.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

struct fpl_explanation {
    fpli_arena *arena;
    fpl_balance_sheet *sheets;
    int n_sheets;
    fpl_figures figures;
};

typedef struct scene {
    const fpl_model *model;
    const uint16_t *z;
    const int32_t *balance;
    uint16_t *probe; /* a copy of z to try rivals in */
} scene;

/* M2.8: a rival counts only if taking it gives a scenario that no exclusion forbids. */
static bool is_rival(const scene *s, int descriptor, int variant)
{
    s->probe[descriptor] = (uint16_t)variant;
    bool legal = !fpl_is_excluded(s->model, s->probe);
    s->probe[descriptor] = s->z[descriptor];
    return legal;
}

static int best_rival(const scene *s, int descriptor, int chosen)
{
    const int32_t *balances = s->balance + fpl_model_offset(s->model, descriptor);
    int best = -1;
    for (int v = 0; v < fpl_model_n_variants(s->model, descriptor); v++) {
        if (v == chosen || (best >= 0 && balances[v] <= balances[best])) continue;
        if (is_rival(s, descriptor, v)) best = v;
    }
    return best;
}

static int stronger_first(const void *left, const void *right)
{
    const fpl_argument *a = left, *b = right;
    if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
    return a->from - b->from;
}

static fpl_argument argument_of(const scene *s, const fpl_balance_sheet *sheet, int from)
{
    /* the descriptor's own judgement is that of the variant it would have */
    const int speaker = from == sheet->descriptor ? sheet->chosen : s->z[from];
    fpl_argument argument = {.from = from};
    argument.for_chosen = fpl_model_judgement(s->model, from, speaker, sheet->descriptor,
                                              sheet->chosen);
    if (sheet->rival >= 0)
        argument.for_rival = fpl_model_judgement(s->model, from, speaker,
                                                 sheet->descriptor, sheet->rival);
    argument.weight = argument.for_chosen - argument.for_rival;
    argument.reason = fpl_model_reason(s->model, from, speaker, sheet->descriptor);
    return argument;
}

static fpl_status collect_arguments(fpli_arena *arena, const scene *s,
                                    fpl_balance_sheet *sheet)
{
    const int n = fpl_model_n_descriptors(s->model);
    sheet->arguments.items = fpli_arena_alloc(arena, (size_t)n, sizeof(fpl_argument));
    if (sheet->arguments.items == NULL) return FPL_E_MEMORY;
    for (int from = 0; from < n; from++) {
        const fpl_argument argument = argument_of(s, sheet, from);
        if (argument.for_chosen != 0 || argument.for_rival != 0)
            sheet->arguments.items[sheet->arguments.n++] = argument;
    }
    qsort(sheet->arguments.items, (size_t)sheet->arguments.n, sizeof(fpl_argument),
          stronger_first);
    return FPL_OK;
}

static fpl_status make_sheet(fpli_arena *arena, const scene *s, int descriptor,
                             int chosen, fpl_balance_sheet *sheet)
{
    const int offset = fpl_model_offset(s->model, descriptor);
    const size_t k = (size_t)fpl_model_n_variants(s->model, descriptor);
    int32_t *balances = fpli_arena_alloc(arena, k, sizeof *balances);
    if (balances == NULL) return FPL_E_MEMORY;
    memcpy(balances, s->balance + offset, k * sizeof *balances);
    *sheet = (fpl_balance_sheet){
        .descriptor = descriptor, .chosen = chosen, .balances = balances};
    sheet->rival = best_rival(s, descriptor, chosen);
    sheet->consistency = sheet->rival < 0 ? FPL_INFINITE
                                          : balances[chosen] - balances[sheet->rival];
    return collect_arguments(arena, s, sheet);
}

static int worst_first(const void *left, const void *right)
{
    const fpl_balance_sheet *a = left, *b = right;
    if (a->consistency != b->consistency) return a->consistency < b->consistency ? -1 : 1;
    return a->descriptor - b->descriptor;
}

/* only: the one descriptor to explain, or -1 for all. */
static fpl_status explain(const fpl_model *model, const uint16_t *z, int only,
                          fpl_explanation **explanation, fpl_error *error)
{
    fpl_status status = FPL_OK;
    const size_t n = (size_t)fpl_model_n_descriptors(model);
    const size_t n_all = (size_t)fpl_model_offset(model, (int)n);
    fpl_explanation *e = fpli_new(1, sizeof *e);
    int32_t *balance = fpli_new(n_all, sizeof *balance);
    uint16_t *probe = fpli_new(n, sizeof *probe);
    FPL_TRY(e == NULL || balance == NULL || probe == NULL ? FPL_E_MEMORY : FPL_OK);
    e->arena = fpli_arena_new();
    FPL_TRY(e->arena == NULL ? FPL_E_MEMORY : FPL_OK);
    e->sheets = fpli_arena_alloc(e->arena, n, sizeof *e->sheets);
    FPL_TRY(e->sheets == NULL ? FPL_E_MEMORY : FPL_OK);
    fpl_consistency(model, z, balance, NULL, &e->figures);
    fpl_balance(model, z, balance);
    memcpy(probe, z, n * sizeof *z);
    const scene s = {model, z, balance, probe};
    for (int d = 0; d < (int)n; d++)
        if (only < 0 || only == d)
            FPL_TRY(make_sheet(e->arena, &s, d, z[d], &e->sheets[e->n_sheets++]));
    qsort(e->sheets, (size_t)e->n_sheets, sizeof *e->sheets, worst_first);
    *explanation = e;
    e = NULL;
out:
    fpl_explanation_free(e);
    fpli_free(balance);
    fpli_free(probe);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

fpl_status fpl_explain_scenario(const fpl_model *model, const uint16_t *z,
                                fpl_explanation **explanation, fpl_error *error)
{
    return explain(model, z, -1, explanation, error);
}

fpl_status fpl_explain_variant(const fpl_model *model, const uint16_t *z, int descriptor,
                               int variant, fpl_explanation **explanation,
                               fpl_error *error)
{
    const size_t n = (size_t)fpl_model_n_descriptors(model);
    if (descriptor < 0 || (size_t)descriptor >= n || variant < 0 ||
        variant >= fpl_model_n_variants(model, descriptor))
        return fpli_fail(error, FPL_E_ARGUMENT, "there is no variant %d of descriptor %d",
                         variant, descriptor);
    uint16_t *changed = fpli_new(n, sizeof *changed);
    if (changed == NULL) return fpli_no_memory(error);
    memcpy(changed, z, n * sizeof *z);
    changed[descriptor] = (uint16_t)variant;
    fpl_status status = explain(model, changed, descriptor, explanation, error);
    fpli_free(changed);
    return status;
}

int fpl_explanation_n_sheets(const fpl_explanation *explanation)
{
    return explanation->n_sheets;
}

const fpl_balance_sheet *fpl_explanation_sheet(const fpl_explanation *explanation,
                                               int index)
{
    return &explanation->sheets[index];
}

const fpl_figures *fpl_explanation_figures(const fpl_explanation *explanation)
{
    return &explanation->figures;
}

void fpl_explanation_free(fpl_explanation *explanation)
{
    if (explanation == NULL) return;
    fpli_arena_free(explanation->arena);
    fpli_free(explanation);
}
