// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The order of the policy lookups in 2020, in place of lib/policy_lookup.h: exact, any identity, any port, anything. An
 * entry can only allow.
 */
#ifndef TAILWALK_POLICY_LOOKUP_H
#define TAILWALK_POLICY_LOOKUP_H

#include "../lib/policy_map.h"

/* Counts the hit; returns the entry's proxy port. */
static __always_inline int policy_hit(const struct __sk_buff *ctx, struct policy_entry *entry, __u8 match_type,
				      struct policy_result *result)
{
	__sync_fetch_and_add(&entry->packets, 1);
	__sync_fetch_and_add(&entry->bytes, ctx->len);
	result->match_type = match_type;
	return entry->proxy_port;
}

/* 0 allow, positive the proxy port (network order), negative a drop. tuple_dport is what a debug message tells. */
static __always_inline int policy_verdict(struct __sk_buff *ctx, __u32 remote, __be16 dport, __u8 proto,
					  const enum ct_dir dir, bool untracked_fragment, __be16 tuple_dport,
					  struct policy_result *result)
{
	struct policy_entry *entry;

	if (!untracked_fragment) {
		entry = policy_entry(remote, dport, proto, dir);
		if (entry) {
			cilium_dbg3(ctx, DBG_L4_CREATE, remote, seclabel(), (__u32)tuple_dport << 16 | proto);
			return policy_hit(ctx, entry, POLICY_MATCH_L3_L4, result);
		}
		entry = policy_entry(0, dport, proto, dir);
		if (entry)
			return policy_hit(ctx, entry, POLICY_MATCH_L4_ONLY, result);
	}
	/* Entries without a port cannot redirect. */
	entry = policy_entry(remote, 0, 0, dir);
	if (entry) {
		policy_hit(ctx, entry, POLICY_MATCH_L3_ONLY, result);
		return CTX_ACT_OK;
	}
	entry = policy_entry(0, 0, 0, dir);
	if (entry) {
		policy_hit(ctx, entry, POLICY_MATCH_ALL, result);
		return CTX_ACT_OK;
	}

	result->match_type = POLICY_MATCH_NONE;
	if (ctx_load_meta(ctx, CB_POLICY))
		return CTX_ACT_OK;
	return untracked_fragment ? DROP_FRAG_NOSUPPORT : DROP_POLICY;
}

#endif
