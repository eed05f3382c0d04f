// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Services: what both families share. */
#ifndef TAILWALK_LB_H
#define TAILWALK_LB_H

#include "conntrack.h"

static __always_inline bool lb_svc_is_l7(const struct lb_service *svc)
{
#ifdef ENABLE_L7_LB
	return svc->flags2 & SVC_FLAG2_L7LOADBALANCER;
#else
	return false;
#endif
}

/* As stored: network order. */
static __always_inline __u16 lb_svc_proxy_port(const struct lb_service *svc)
{
#ifdef ENABLE_L7_LB
	return svc->l7_lb_proxy_port;
#else
	return 0;
#endif
}

static __always_inline bool lb_svc_has_affinity(const struct lb_service *svc)
{
#ifdef ENABLE_SESSION_AFFINITY
	return svc->flags & SVC_FLAG_AFFINITY;
#else
	return false;
#endif
}

/* Backend slots count from 1; slot 0 is the frontend. */
static __always_inline __u16 lb_random_slot(const struct lb_service *svc)
{
	return get_prandom_u32() % svc->count + 1;
}

/* Notes another backend in the entry of a service connection. */
static __always_inline void lb_update_backend_id(void *ct_map, const void *key, __u32 backend_id)
{
	struct ct_entry *entry = map_lookup_elem(ct_map, key);

	if (entry)
		ct_entry_backend_id(entry) = backend_id;
}

/* Notes the service's present number in the entry of a service connection. */
static __always_inline void lb_update_rev_nat_index(void *ct_map, const void *key, __u16 rev_nat_index)
{
	struct ct_entry *entry = map_lookup_elem(ct_map, key);

	if (entry)
		entry->rev_nat_index = rev_nat_index;
}

#ifdef ENABLE_SESSION_AFFINITY
/* The client's backend if its time is not over and the service still has it, else 0 and the entry is deleted. */
static __always_inline __u32 lb_affinity_backend(void *map, const void *key, const struct lb_service *svc)
{
	struct lb_affinity_val *val = map_lookup_elem(map, key);
	struct lb_affinity_match match = { .rev_nat_id = svc->rev_nat_index };
	__u32 now;

	if (!val)
		return 0;
	now = ct_now();
	match.backend_id = val->backend_id;
	if (lb_affinity_is_over(val->last_used + svc->affinity_timeout, now) || !map_lookup_elem(&cilium_lb_affinity_match, &match)) {
		map_delete_elem(map, key);
		return 0;
	}
	val->last_used = now;
	return match.backend_id;
}

static __always_inline void lb_affinity_store(void *map, const void *key, __u32 backend_id)
{
	struct lb_affinity_val val = { .last_used = ct_now(), .backend_id = backend_id };

	map_update_elem(map, key, &val, BPF_ANY);
}
#endif

#ifdef ENABLE_IPV4
# include "lb4.h"
#endif
#ifdef ENABLE_IPV6
# include "lb6.h"
#endif

#endif
