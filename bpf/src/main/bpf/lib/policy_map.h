// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* One endpoint's policy map. */
#ifndef TAILWALK_POLICY_MAP_H
#define TAILWALK_POLICY_MAP_H

#include "conntrack_defs.h"
#include "maps.h"

enum policy_match {
	POLICY_MATCH_NONE = 0,
	POLICY_MATCH_L3_ONLY = 1,
	POLICY_MATCH_L3_L4 = 2,
	POLICY_MATCH_L4_ONLY = 3,
	POLICY_MATCH_ALL = 4,
};

struct policy_result {
	__u8 match_type;
	__u8 audited;
};

static __always_inline struct policy_entry *policy_entry(__u32 label, __be16 dport, __u8 proto, const enum ct_dir dir)
{
	struct policy_key key = {
		.sec_label = label,
		.dport = dport,
		.protocol = proto,
		.egress = dir == CT_EGRESS,
	};

	return map_lookup_elem(&POLICY_MAP, &key);
}

#endif
