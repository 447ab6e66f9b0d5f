/* The definitions restated as slowly and plainly as possible, to be read beside method.md. Nothing
 * here is shared with the library but the getters of a model. */
#ifndef ORACLE_H
#define ORACLE_H

#include <fahrplan/scenarios.h>
#include <fahrplan/succession.h>

/* The number of all scenarios, and the i-th of them in listing order (first descriptor fastest). */
uint64_t oracle_space(const fpl_model *model);
void oracle_scenario(const fpl_model *model, uint64_t i, uint16_t *z);

int oracle_score(const fpl_model *model, const uint16_t *z, int j, int b); /* M2.1 */
bool oracle_excluded(const fpl_model *model, const uint16_t *z);
int oracle_tension(const fpl_model *model, const uint16_t *z, int j); /* M2.3, M2.8 */
int oracle_margin(const fpl_model *model, const uint16_t *z, int j, int none); /* M2.2 */
int64_t oracle_total(const fpl_model *model, const uint16_t *z);
bool oracle_admits(const fpl_model *model, const fpl_query *query, const uint16_t *z);

/* M3.2, one step. */
void oracle_global(const fpl_model *model, const uint16_t *z, uint16_t *next);
void oracle_local(const fpl_model *model, const uint16_t *z, uint16_t *next);

/* M3.2 and M3.5, one step of any rule but the random one. acting: what presses; held: flags, may be
 * NULL. */
void oracle_step(const fpl_model *model, const fpl_dynamics *dynamics, const bool *held,
                 const uint16_t *z, const uint16_t *acting, uint16_t *next);

#endif
