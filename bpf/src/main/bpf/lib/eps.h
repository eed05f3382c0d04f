// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Local endpoints and the identity cache, by address. */
#ifndef TAILWALK_EPS_H
#define TAILWALK_EPS_H

#include "helpers.h"
#include "maps.h"

static __always_inline struct endpoint_info *lookup_ip4_endpoint(__be32 addr)
{
	struct endpoint_key key = { .ip4 = addr, .family = ENDPOINT_KEY_IPV4 };

	return map_lookup_elem(&cilium_lxc, &key);
}

static __always_inline struct endpoint_info *lookup_ip6_endpoint(const union v6addr *addr)
{
	struct endpoint_key key = { .ip6 = *addr, .family = ENDPOINT_KEY_IPV6 };

	return map_lookup_elem(&cilium_lxc, &key);
}

static __always_inline struct remote_endpoint_info *lookup_ip4_remote_endpoint(__be32 addr)
{
	struct ipcache_key key = {
		.prefixlen = IPCACHE_STATIC_PREFIX + 32,
		.family = ENDPOINT_KEY_IPV4,
		.ip4 = addr,
	};

	return map_lookup_elem(&cilium_ipcache, &key);
}

static __always_inline struct remote_endpoint_info *lookup_ip6_remote_endpoint(const union v6addr *addr)
{
	struct ipcache_key key = {
		.prefixlen = IPCACHE_STATIC_PREFIX + 128,
		.family = ENDPOINT_KEY_IPV6,
		.ip6 = *addr,
	};

	return map_lookup_elem(&cilium_ipcache, &key);
}

#endif
