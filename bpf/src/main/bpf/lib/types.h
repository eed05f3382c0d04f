// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Integer types, attributes, byte order and the context structure. Self-contained: no system header is needed. */
#ifndef TAILWALK_TYPES_H
#define TAILWALK_TYPES_H

typedef unsigned char __u8;
typedef signed char __s8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef int __s32;
typedef unsigned long long __u64;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef _Bool bool;

#define true 1
#define false 0
#define NULL ((void *)0)

#define __section(NAME) __attribute__((section(NAME), used))
#define __always_inline inline __attribute__((always_inline))
#define __packed __attribute__((packed))
#define __stringify_1(X) #X
#define __stringify(X) __stringify_1(X)

/* BPF objects are built for bpfel only: every layout below is little-endian. */
#define bpf_htons(X) __builtin_bswap16(X)
#define bpf_ntohs(X) __builtin_bswap16(X)
#define bpf_htonl(X) __builtin_bswap32(X)
#define bpf_ntohl(X) __builtin_bswap32(X)

#define memcpy(D, S, N) __builtin_memcpy(D, S, N)
#define memset(D, V, N) __builtin_memset(D, V, N)

/* The kernel's user-visible view of a socket buffer, as far as this datapath reads or writes it. */
struct __sk_buff {
	__u32 len;
	__u32 pkt_type;
	__u32 mark;
	__u32 queue_mapping;
	__u32 protocol;
	__u32 vlan_present;
	__u32 vlan_tci;
	__u32 vlan_proto;
	__u32 priority;
	__u32 ingress_ifindex;
	__u32 ifindex;
	__u32 tc_index;
	__u32 cb[5];
	__u32 hash;
	__u32 tc_classid;
	__u32 data;
	__u32 data_end;
};

union macaddr {
	__u8 addr[6];
	struct {
		__u32 p1;
		__u16 p2;
	} __packed;
};

union v6addr {
	__u8 addr[16];
	struct {
		__be32 p1;
		__be32 p2;
		__be32 p3;
		__be32 p4;
	};
	struct {
		__u64 d1;
		__u64 d2;
	};
};

_Static_assert(sizeof(union macaddr) == 6, "MAC address layout");
_Static_assert(sizeof(union v6addr) == 16, "IPv6 address layout");

#endif
