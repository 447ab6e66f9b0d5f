/* A model as an answer set program: an independent solver's reading of the definitions.
 */
#ifndef ASP_H
#define ASP_H

#include <fahrplan/model.h>

#include <stdio.h>

/* Both settings together are excluded: descriptor[0]=variant[0] and
 * descriptor[1]=variant[1]. */
typedef struct asp_exclusion {
    int descriptor[2], variant[2];
} asp_exclusion;

/* Its answer sets, z(descriptor,variant) by index, are the consistent scenarios of the
 * model's judgements under these exclusions (those that the model states are not looked
 * at). M2.2, M2.8. */
void asp_write(const fpl_model *model, const asp_exclusion *exclusions, int n_exclusions,
               FILE *file);

#endif
