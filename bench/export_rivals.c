/* The instance as a program for other solvers: --as asp (clingo) or --as mzn (MiniZinc).
 */
#include "instance.h"

#include "support/asp.h"

#include <string.h>

/* 0/1 variables and one linear constraint a comparison, half reified. */
static void write_comparison(const fpl_model *model, int j, int b, int rival)
{
    printf("constraint x%d[%d]=1 -> (0", j, b);
    for (int i = 0; i < fpl_model_n_descriptors(model); i++)
        for (int a = 0; a < fpl_model_n_variants(model, i); a++) {
            const int difference = fpl_model_judgement(model, i, a, j, b) -
                                   fpl_model_judgement(model, i, a, j, rival);
            if (difference != 0) printf("+(%d)*x%d[%d]", difference, i, a);
        }
    printf(")>=0;\n");
}

static void print_all(int n)
{
    for (int j = 0; j < n; j++) printf("%sz%d", j > 0 ? "," : "", j);
}

static void write_minizinc(const fpl_model *model)
{
    const int n = fpl_model_n_descriptors(model);
    for (int j = 0; j < n; j++) {
        const int last = fpl_model_n_variants(model, j) - 1;
        printf("array[0..%d] of var 0..1: x%d; var 0..%d: z%d;\n", last, j, last, j);
        printf("constraint z%d=sum(b in 0..%d)(b*x%d[b]) /\\ sum(x%d)=1;\n", j, last, j,
               j);
    }
    for (int j = 0; j < n; j++)
        for (int b = 0; b < fpl_model_n_variants(model, j); b++)
            for (int rival = 0; rival < fpl_model_n_variants(model, j); rival++)
                if (rival != b) write_comparison(model, j, b, rival);
    printf("solve :: int_search([");
    print_all(n);
    printf("],dom_w_deg,indomain_min,complete) satisfy;\noutput [show([");
    print_all(n);
    printf("])];\n");
}

int main(int argc, char **argv)
{
    const bool minizinc = strcmp(instance_option(argc, argv, "--as", "asp"), "mzn") == 0;
    fpl_model *model = instance_from(argc, argv);
    instance_without_exclusions(model);
    if (minizinc)
        write_minizinc(model);
    else
        asp_write(model, NULL, 0, stdout);
    fpl_model_free(model);
    return 0;
}
