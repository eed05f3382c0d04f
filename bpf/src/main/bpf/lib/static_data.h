// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Per-endpoint values. The program reads the *address* of each symbol as its value: a loader replaces the address load
 * by an immediate load of the 32-bit word stored at the symbol. Never dereferenced; a loader that makes `.data` a map
 * is refused by the verifier.
 *
 * All symbols stand in `.data`, also where a word is zero, so that each of them can be substituted.
 */
#ifndef TAILWALK_STATIC_DATA_H
#define TAILWALK_STATIC_DATA_H

#include "types.h"

#define STATIC_DATA(TYPE, NAME, VALUE) volatile TYPE NAME __section(".data") = (VALUE)

/* The detour hides the address: a compiler that sees it concludes from the alignment that its low bits are zero. */
#define static_value(NAME)                                                                                     \
	({                                                                                                     \
		unsigned long __address = (unsigned long)&(NAME);                                              \
		asm("" : "+r"(__address));                                                                     \
		(__u32) __address;                                                                             \
	})

STATIC_DATA(__u32, LXC_IP_1, 0x08db0120);
STATIC_DATA(__u32, LXC_IP_2, 0xfecaad0b);
STATIC_DATA(__u32, LXC_IP_3, 0xe2be0d60);
STATIC_DATA(__u32, LXC_IP_4, 0xfecaad0b);
STATIC_DATA(__u32, LXC_IPV4, 0x030200c0); /* 192.0.2.3 */
STATIC_DATA(__u16, LXC_ID, 0xffff);
STATIC_DATA(__u32, SECLABEL, 2);
STATIC_DATA(__u32, SECLABEL_NB, 0x02000000);
STATIC_DATA(__u32, POLICY_VERDICT_LOG_FILTER, 0xffff);
STATIC_DATA(__u32, NODE_MAC_1, 0x0d600002); /* 02:00:60:0d */
STATIC_DATA(__u32, NODE_MAC_2, 0x00000df0); /* f0:0d */
STATIC_DATA(__u32, ROUTER_IP_1, 0x100000fd); /* fd00:10::a0f */
STATIC_DATA(__u32, ROUTER_IP_2, 0);
STATIC_DATA(__u32, ROUTER_IP_3, 0);
STATIC_DATA(__u32, ROUTER_IP_4, 0x0f0a0000);
STATIC_DATA(__u32, HOST_IP_1, 0x200000fd); /* fd00:20::b0f */
STATIC_DATA(__u32, HOST_IP_2, 0);
STATIC_DATA(__u32, HOST_IP_3, 0);
STATIC_DATA(__u32, HOST_IP_4, 0x0f0b0000);
STATIC_DATA(__u32, SECCTX_FROM_IPCACHE, 1);

#define lxc_id() ((__u16)static_value(LXC_ID))
#define seclabel() static_value(SECLABEL)
#define seclabel_nb() static_value(SECLABEL_NB)
#define lxc_ipv4() static_value(LXC_IPV4)

static __always_inline void lxc_ipv6(union v6addr *addr)
{
	addr->p1 = static_value(LXC_IP_1);
	addr->p2 = static_value(LXC_IP_2);
	addr->p3 = static_value(LXC_IP_3);
	addr->p4 = static_value(LXC_IP_4);
}

static __always_inline void router_ipv6(union v6addr *addr)
{
	addr->p1 = static_value(ROUTER_IP_1);
	addr->p2 = static_value(ROUTER_IP_2);
	addr->p3 = static_value(ROUTER_IP_3);
	addr->p4 = static_value(ROUTER_IP_4);
}

static __always_inline void node_mac(union macaddr *mac)
{
	mac->p1 = static_value(NODE_MAC_1);
	mac->p2 = (__u16)static_value(NODE_MAC_2);
}

#endif
