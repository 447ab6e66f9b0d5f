/* Influence paths between two descriptors. */
#include <fahrplan/system.h>

#include "base/mem.h"
#include "base/status.h"
#include "study/chains.h"

struct fpl_paths {
    int from, to, length, shortest;
    fpli_chains chains;
};

/* The first path found is a shortest one. */
static fpl_status measure_shortest(const fpli_graph *graph, fpl_paths *p)
{
    static const fpl_limits one = {.cap = 1};
    fpli_chains chains = {0};
    fpl_status status = fpli_chains_between(graph, p->from, p->to, graph->n, &one,
                                            &chains);
    if (status == FPL_OK) p->shortest = chains.n > 0 ? chains.items[0].n - 1 : 0;
    fpli_chains_clear(&chains);
    return status;
}

fpl_status fpl_paths_find(const fpl_model *model, int from, int to, int length,
                          const fpl_limits *limits, fpl_paths **paths, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_graph graph = {0};
    fpl_paths *p = NULL;
    const int n = fpl_model_n_descriptors(model);
    if (from < 0 || from >= n || to < 0 || to >= n)
        return fpli_fail(error, FPL_E_ARGUMENT, "there is no descriptor %d",
                         from < 0 || from >= n ? from : to);
    if (from == to)
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "a path leads from one descriptor to another");
    if (length < 0)
        return fpli_fail(error, FPL_E_ARGUMENT, "a path has at least 1 influence, not %d",
                         length);
    p = fpli_new(1, sizeof *p);
    FPL_TRY(p == NULL ? FPL_E_MEMORY : FPL_OK);
    p->from = from;
    p->to = to;
    p->length = length > 0 ? length : FPL_PATH_LENGTH_DEFAULT;
    FPL_TRY(fpli_graph_build(model, &graph));
    FPL_TRY(fpli_chains_between(&graph, from, to, p->length, limits, &p->chains));
    FPL_TRY(measure_shortest(&graph, p));
    *paths = p;
    p = NULL;
out:
    fpli_graph_clear(&graph);
    fpl_paths_free(p);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_paths_free(fpl_paths *paths)
{
    if (paths == NULL) return;
    fpli_chains_clear(&paths->chains);
    fpli_free(paths);
}

size_t fpl_paths_n(const fpl_paths *paths)
{
    return paths->chains.n;
}

const fpl_chain *fpl_paths_get(const fpl_paths *paths, size_t index)
{
    return &paths->chains.items[index];
}

int fpl_paths_from(const fpl_paths *paths)
{
    return paths->from;
}

int fpl_paths_to(const fpl_paths *paths)
{
    return paths->to;
}

int fpl_paths_length(const fpl_paths *paths)
{
    return paths->length;
}

int fpl_paths_shortest(const fpl_paths *paths)
{
    return paths->shortest;
}

fpl_stop fpl_paths_stop(const fpl_paths *paths)
{
    return paths->chains.stop;
}
