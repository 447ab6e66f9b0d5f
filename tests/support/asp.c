/* One choice a descriptor; one sum a comparison: the variant taken, c, loses against a
 * legal rival r if the differences of the judgements on the two sum to less than zero. */
#include "support/asp.h"

static void write_choices(const fpl_model *model, FILE *file)
{
    for (int j = 0; j < fpl_model_n_descriptors(model); j++) {
        fprintf(file, "1{");
        for (int b = 0; b < fpl_model_n_variants(model, j); b++)
            fprintf(file, "%sz(%d,%d)", b > 0 ? ";" : "", j, b);
        fprintf(file, "}1.\n");
    }
}

/* no(d,v): taking v of d instead would make an excluded scenario. */
static void write_exclusions(const asp_exclusion *exclusions, int n_exclusions,
                             FILE *file)
{
    for (int e = 0; e < n_exclusions; e++) {
        const int *d = exclusions[e].descriptor, *v = exclusions[e].variant;
        fprintf(file, ":- z(%d,%d), z(%d,%d).\n", d[0], v[0], d[1], v[1]);
        fprintf(file, "no(%d,%d) :- z(%d,%d).\n", d[0], v[0], d[1], v[1]);
        fprintf(file, "no(%d,%d) :- z(%d,%d).\n", d[1], v[1], d[0], v[0]);
    }
}

static void write_comparison(const fpl_model *model, int j, int b, int rival,
                             bool may_be_illegal, FILE *file)
{
    const char *between = "";
    int key = 0;
    fprintf(file, ":- z(%d,%d), ", j, b);
    if (may_be_illegal) fprintf(file, "not no(%d,%d), ", j, rival);
    fprintf(file, "#sum{");
    for (int i = 0; i < fpl_model_n_descriptors(model); i++)
        for (int a = 0; a < fpl_model_n_variants(model, i); a++, key++) {
            const int difference = fpl_model_judgement(model, i, a, j, b) -
                                   fpl_model_judgement(model, i, a, j, rival);
            if (difference == 0) continue;
            fprintf(file, "%s%d,%d:z(%d,%d)", between, difference, key, i, a);
            between = ";";
        }
    fprintf(file, "} < 0.\n");
}

void asp_write(const fpl_model *model, const asp_exclusion *exclusions, int n_exclusions,
               FILE *file)
{
    write_choices(model, file);
    write_exclusions(exclusions, n_exclusions, file);
    for (int j = 0; j < fpl_model_n_descriptors(model); j++)
        for (int b = 0; b < fpl_model_n_variants(model, j); b++)
            for (int rival = 0; rival < fpl_model_n_variants(model, j); rival++) {
                bool named = false;
                for (int e = 0; e < n_exclusions; e++)
                    for (int side = 0; side < 2; side++)
                        named = named || (exclusions[e].descriptor[side] == j &&
                                          exclusions[e].variant[side] == rival);
                if (rival != b) write_comparison(model, j, b, rival, named, file);
            }
    fprintf(file, "#show z/2.\n");
}
