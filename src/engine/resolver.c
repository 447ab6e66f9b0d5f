/* A borrowed model with a matrix of its own; lanes and search follow what is set in it. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/query.h"
#include "engine/search.h"
#include "model/model.h"

#include <fahrplan/resolver.h>

#include <string.h>

struct fpl_resolver {
    const fpl_model *stated;
    fpl_model model; /* as stated, but for the matrix */
    int largest;
    size_t V;
    fpli_lanes *lanes;
    fpli_search *search;
    uint64_t *domains;
    bool *tested;
    bool *stale;   /* by descriptor: its judgements were set since they were laid out */
    bool *touched; /* by descriptor: they may differ from the stated ones */
    uint16_t *z;
};

static int32_t largest_stated(const fpl_model *model, size_t V)
{
    const int16_t *matrix = fpl_model_matrix(model);
    int32_t largest = fpl_model_scale(model);
    for (size_t i = 0; i < V * V; i++) {
        const int32_t size = matrix[i] < 0 ? -matrix[i] : matrix[i];
        if (size > largest) largest = size;
    }
    return largest;
}

static fpl_status make_room(fpl_resolver *v)
{
    const size_t n = (size_t)fpl_model_n_descriptors(v->stated);
    v->model = *v->stated;
    v->model.matrix = fpli_new(v->V * v->V, sizeof *v->model.matrix);
    v->domains = fpli_new(n, sizeof *v->domains);
    v->tested = fpli_new(n, sizeof *v->tested);
    v->stale = fpli_new(n, sizeof *v->stale);
    v->touched = fpli_new(n, sizeof *v->touched);
    v->z = fpli_new(n, sizeof *v->z);
    if (v->model.matrix == NULL || v->domains == NULL || v->tested == NULL ||
        v->stale == NULL || v->touched == NULL || v->z == NULL)
        return FPL_E_MEMORY;
    memcpy(v->model.matrix, fpl_model_matrix(v->stated),
           v->V * v->V * sizeof *v->model.matrix);
    return FPL_OK;
}

fpl_status fpl_resolver_new(const fpl_model *model, int largest, fpl_resolver **resolver,
                            fpl_error *error)
{
    fpl_status status = FPL_OK;
    const int n = fpl_model_n_descriptors(model);
    const size_t V = (size_t)fpl_model_offset(model, n);
    const int32_t least = largest_stated(model, V);
    if (largest != 0 && (largest < least || largest > INT16_MAX))
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "the largest judgement lies between %d and %d", least,
                         INT16_MAX);
    const int64_t most = largest != 0                     ? largest
                         : 2 * (int64_t)least > INT16_MAX ? INT16_MAX
                                                          : 2 * (int64_t)least;
    const int64_t range = 2 * most * n;
    if (range > INT32_MAX / 4)
        return fpli_fail(error, FPL_E_OVERFLOW, "sums of judgements do not fit 31 bits");
    fpl_resolver *v = fpli_new(1, sizeof *v);
    if (v == NULL) return fpli_no_memory(error);
    v->stated = model;
    v->largest = (int)most;
    v->V = V;
    FPL_TRY(make_room(v));
    FPL_TRY(fpli_lanes_new_within(&v->model, FPLI_VECTORS_END, range, &v->lanes));
    FPL_TRY(fpli_search_new(v->lanes, &v->search));
    *resolver = v;
    v = NULL;
out:
    fpl_resolver_free(v);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_resolver_free(fpl_resolver *resolver)
{
    if (resolver == NULL) return;
    fpli_search_free(resolver->search);
    fpli_lanes_free(resolver->lanes);
    fpli_free(resolver->model.matrix);
    fpli_free(resolver->domains);
    fpli_free(resolver->tested);
    fpli_free(resolver->stale);
    fpli_free(resolver->touched);
    fpli_free(resolver->z);
    fpli_free(resolver);
}

static bool is_cell(const fpl_model *model, int descriptor, int variant)
{
    return descriptor >= 0 && descriptor < fpl_model_n_descriptors(model) &&
           variant >= 0 && variant < fpl_model_n_variants(model, descriptor);
}

fpl_status fpl_resolver_set(fpl_resolver *resolver, int from, int from_variant, int to,
                            int to_variant, int value, fpl_error *error)
{
    fpl_resolver *v = resolver;
    if (!is_cell(v->stated, from, from_variant) || !is_cell(v->stated, to, to_variant))
        return fpli_fail(error, FPL_E_ARGUMENT, "there is no such judgement");
    if (value > v->largest || value < -v->largest)
        return fpli_fail(error, FPL_E_ARGUMENT, "judgements lie between %d and %d here",
                         -v->largest, v->largest);
    const size_t row = (size_t)(fpl_model_offset(v->stated, from) + from_variant);
    const size_t column = (size_t)(fpl_model_offset(v->stated, to) + to_variant);
    v->model.matrix[row * v->V + column] = (int16_t)value;
    v->stale[from] = v->touched[from] = true;
    return FPL_OK;
}

void fpl_resolver_reset(fpl_resolver *resolver)
{
    fpl_resolver *v = resolver;
    const int16_t *stated = fpl_model_matrix(v->stated);
    for (int d = 0; d < fpl_model_n_descriptors(v->stated); d++) {
        if (!v->touched[d]) continue;
        const size_t at = (size_t)fpl_model_offset(v->stated, d) * v->V;
        const size_t size = (size_t)fpl_model_n_variants(v->stated, d) * v->V;
        memcpy(v->model.matrix + at, stated + at, size * sizeof *stated);
        v->stale[d] = true;
        v->touched[d] = false;
    }
}

const int16_t *fpl_resolver_matrix(const fpl_resolver *resolver)
{
    return resolver->model.matrix;
}

static void lay_out(fpl_resolver *v)
{
    for (int d = 0; d < fpl_model_n_descriptors(v->stated); d++) {
        if (!v->stale[d]) continue;
        fpli_lanes_refill(v->lanes, d);
        fpli_search_refill(v->search, d);
        v->stale[d] = false;
    }
}

typedef struct visit {
    fpl_resolver *v;
    fpl_visitor visitor;
    void *context;
    uint64_t cap;
    fpli_watch watch;
    fpl_outcome outcome;
} visit;

static bool found(void *context, const uint64_t *domains)
{
    visit *own = context;
    if (own->cap > 0 && own->outcome.found >= own->cap) {
        own->outcome.stop = FPL_STOPPED_CAP;
        return false;
    }
    for (int d = 0; d < fpl_model_n_descriptors(own->v->stated); d++)
        own->v->z[d] = (uint16_t)__builtin_ctzll(domains[d]);
    own->outcome.found++;
    if (own->visitor(own->context, own->v->z)) return true;
    own->outcome.stop = FPL_STOPPED_VISITOR;
    return false;
}

static bool may_go_on(void *context)
{
    visit *own = context;
    own->outcome.stop = fpli_watch_look(&own->watch);
    return own->outcome.stop == FPL_COMPLETE;
}

fpl_status fpl_resolver_visit(fpl_resolver *resolver, const fpl_query *query,
                              const fpl_limits *limits, fpl_visitor visitor,
                              void *context, fpl_outcome *outcome, fpl_error *error)
{
    fpl_resolver *v = resolver;
    fpli_task task;
    visit own = {.v = v,
                 .visitor = visitor,
                 .context = context,
                 .cap = limits == NULL ? 0 : limits->cap};
    fpl_status status = fpli_task_set(&v->model, query, v->domains, v->tested, &task,
                                      error);
    if (status != FPL_OK) return status;
    fpli_watch_start(&own.watch, limits);
    lay_out(v);
    fpli_search_set_task(v->search, &task);
    const uint64_t before = fpli_search_nodes(v->search);
    if (fpli_search_reduce(v->search, v->domains))
        fpli_search_run(v->search, v->domains, NULL, 0, found, may_go_on, &own);
    own.outcome.nodes = fpli_search_nodes(v->search) - before;
    if (outcome != NULL) *outcome = own.outcome;
    return FPL_OK;
}
