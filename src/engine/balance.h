/* One descriptor of one scenario. */
#ifndef FPLI_BALANCE_H
#define FPLI_BALANCE_H

#include <fahrplan/balance.h>

/* Tension of descriptor d in z, M2.3. scores: work space of as many values as d has variants.
 * Time n*k. */
int32_t fpli_tension_of(const fpl_model *model, const uint16_t *z, int d,
                        int32_t *scores);

#endif
