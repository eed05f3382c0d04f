// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Keys and values of the maps. User space reads and writes these bytes: sizes are asserted below. Those that changed over
 * the years stand in era.h.
 */
#ifndef TAILWALK_LAYOUT_H
#define TAILWALK_LAYOUT_H

#include "types.h"

#define ASSERT_SIZE(TYPE, SIZE) _Static_assert(sizeof(TYPE) == (SIZE), #TYPE " is read by user space")

/* Endpoint table (`cilium_lxc`). */
#define ENDPOINT_KEY_IPV4 1
#define ENDPOINT_KEY_IPV6 2

enum endpoint_flag {
	ENDPOINT_F_HOST = 1,
};

struct endpoint_key {
	union {
		struct {
			__be32 ip4;
			__u32 pad1;
			__u32 pad2;
			__u32 pad3;
		};
		union v6addr ip6;
	};
	__u8 family;
	__u8 key;
	__u16 pad5;
} __packed;

struct endpoint_info {
	__u32 ifindex;
	__u16 unused;
	__u16 lxc_id;
	__u32 flags;
	__u32 pad1;
	__u64 mac; /* the first six bytes */
	__u64 node_mac;
	__u32 pad[4];
};

/* Identities by address (`cilium_ipcache`), a longest-prefix trie; the prefix covers 32 static bits first. */
#define IPCACHE_STATIC_PREFIX 32

struct ipcache_key {
	__u32 prefixlen;
	__u16 pad1;
	__u8 pad2;
	__u8 family;
	union {
		struct {
			__be32 ip4;
			__u32 pad4;
			__u32 pad5;
			__u32 pad6;
		};
		union v6addr ip6;
	};
} __packed;

struct remote_endpoint_info {
	__u32 sec_label;
	__be32 tunnel_endpoint;
	__u8 key;
	__u8 pad[3];
};

/* Policy of one endpoint. */
struct policy_key {
	__u32 sec_label;
	__be16 dport;
	__u8 protocol;
	__u8 egress : 1, pad : 7;
};

struct metrics_key {
	__u8 reason;
	__u8 dir : 2, pad : 6;
	__u16 reserved[3];
};

struct metrics_value {
	__u64 count;
	__u64 bytes;
};

/* Connection tracking. */
struct ipv4_ct_tuple {
	__be32 daddr;
	__be32 saddr;
	__be16 dport;
	__be16 sport;
	__u8 nexthdr;
	__u8 flags;
} __packed;

struct ipv6_ct_tuple {
	union v6addr daddr;
	union v6addr saddr;
	__be16 dport;
	__be16 sport;
	__u8 nexthdr;
	__u8 flags;
} __packed;

/* Fragments of IPv4 datagrams. The ports are stored in wire order, the source port first. */
struct ipv4_frag_id {
	__be32 daddr;
	__be32 saddr;
	__be16 id;
	__u8 proto;
	__u8 pad;
} __packed;

struct ipv4_frag_l4ports {
	__be16 sport;
	__be16 dport;
} __packed;

/* Services. */
#define LB_LOOKUP_SCOPE_EXT 0

enum svc_flag {
	SVC_FLAG_LOCAL_SCOPE = 4,
	SVC_FLAG_AFFINITY = 16,
};

struct lb4_key {
	__be32 address;
	__be16 dport;
	__u16 backend_slot;
	__u8 proto;
	__u8 scope;
	__u8 pad[2];
};

struct lb6_key {
	union v6addr address;
	__be16 dport;
	__u16 backend_slot;
	__u8 proto;
	__u8 scope;
	__u8 pad[2];
} __packed;

struct lb4_backend {
	__be32 address;
	__be16 port;
	__u8 proto;
	__u8 flags; /* the state */
};

struct lb6_backend {
	union v6addr address;
	__be16 port;
	__u8 proto;
	__u8 flags;
} __packed;

struct lb4_reverse_nat {
	__be32 address;
	__be16 port;
} __packed;

struct lb6_reverse_nat {
	union v6addr address;
	__be16 port;
} __packed;

struct lb4_affinity_key {
	__be32 client_ip;
	__u32 pad0;
	__u16 rev_nat_id;
	__u8 netns_cookie : 1, reserved : 7;
	__u8 pad1;
	__u32 pad2;
};

struct lb6_affinity_key {
	union v6addr client_ip;
	__u16 rev_nat_id;
	__u8 netns_cookie : 1, reserved : 7;
	__u8 pad1;
	__u32 pad2;
} __packed;

struct lb_affinity_val {
	__u64 last_used; /* seconds */
	__u32 backend_id;
	__u32 pad;
};

struct lb_affinity_match {
	__u32 backend_id;
	__u16 rev_nat_id;
	__u16 pad;
};

ASSERT_SIZE(struct endpoint_key, 20);
ASSERT_SIZE(struct endpoint_info, 48);
ASSERT_SIZE(struct ipcache_key, 24);
ASSERT_SIZE(struct remote_endpoint_info, 12);
ASSERT_SIZE(struct policy_key, 8);
ASSERT_SIZE(struct metrics_key, 8);
ASSERT_SIZE(struct metrics_value, 16);
ASSERT_SIZE(struct ipv4_ct_tuple, 14);
ASSERT_SIZE(struct ipv6_ct_tuple, 38);
ASSERT_SIZE(struct ipv4_frag_id, 12);
ASSERT_SIZE(struct ipv4_frag_l4ports, 4);
ASSERT_SIZE(struct lb4_key, 12);
ASSERT_SIZE(struct lb6_key, 24);
ASSERT_SIZE(struct lb4_backend, 8);
ASSERT_SIZE(struct lb6_backend, 20);
ASSERT_SIZE(struct lb4_reverse_nat, 6);
ASSERT_SIZE(struct lb6_reverse_nat, 18);
ASSERT_SIZE(struct lb4_affinity_key, 16);
ASSERT_SIZE(struct lb6_affinity_key, 24);
ASSERT_SIZE(struct lb_affinity_val, 16);
ASSERT_SIZE(struct lb_affinity_match, 8);

#include "era.h"

#endif
