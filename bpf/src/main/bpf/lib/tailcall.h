// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Program slots, tail calls with a constant slot, and conditional tail calls. */
#ifndef TAILWALK_TAILCALL_H
#define TAILWALK_TAILCALL_H

#include "config.h"
#include "ctx.h"
#include "maps.h"

/* Slots of the private calls map. Literals: they are part of section names. */
#define CILIUM_CALL_DROP_NOTIFY 1
#define CILIUM_CALL_SEND_ICMP6_ECHO_REPLY 3
#define CILIUM_CALL_HANDLE_ICMP6_NS 4
#define CILIUM_CALL_SEND_ICMP6_TIME_EXCEEDED 5
#define CILIUM_CALL_ARP 6
#define CILIUM_CALL_IPV4_FROM_LXC 7
#define CILIUM_CALL_IPV6_FROM_LXC 10
#define CILIUM_CALL_IPV4_TO_LXC_POLICY_ONLY 11
#define CILIUM_CALL_IPV6_TO_LXC_POLICY_ONLY 12
#define CILIUM_CALL_IPV4_TO_ENDPOINT 13
#define CILIUM_CALL_IPV6_TO_ENDPOINT 14
#define CILIUM_CALL_IPV4_FROM_LXC_CONT 25
#define CILIUM_CALL_IPV6_FROM_LXC_CONT 26
#define CILIUM_CALL_IPV4_CT_INGRESS 27
#define CILIUM_CALL_IPV4_CT_INGRESS_POLICY_ONLY 28
#define CILIUM_CALL_IPV4_CT_EGRESS 29
#define CILIUM_CALL_IPV6_CT_INGRESS 30
#define CILIUM_CALL_IPV6_CT_INGRESS_POLICY_ONLY 31
#define CILIUM_CALL_IPV6_CT_EGRESS 32

/* A program in section MAPID/SLOT: the loader puts it into the program array whose id is MAPID. */
#define __section_tail(MAPID, SLOT) __section(__stringify(MAPID) "/" __stringify(SLOT))
#define __section_entry(NAME) __section(NAME)

/*
 * The call is spelled in assembly so that the compiler can neither merge two calls nor turn the slot into a variable:
 * a constant slot lets the kernel jump directly and lets a reader of the bytecode see the edge.
 */
#define tail_call_static(CTX, MAP, SLOT)                                                                       \
	asm volatile("r1 = %[ctx]\n\t"                                                                         \
		     "r2 = %[map]\n\t"                                                                         \
		     "r3 = %[slot]\n\t"                                                                        \
		     "call 12\n\t"                                                                             \
		     :                                                                                         \
		     : [ctx] "r"(CTX), [map] "r"(MAP), [slot] "i"(SLOT)                                        \
		     : "r0", "r1", "r2", "r3", "r4", "r5", "memory")

#define ep_tail_call(CTX, SLOT) tail_call_static(CTX, &CALLS_MAP, SLOT)

/*
 * declare_tailcall_if(COND, SLOT): what follows is a program of its own if COND is 1, else a function that is inlined.
 *
 * INVOKE_TAILCALL_IF(RET, COND, SLOT, FN): runs it. As a tail call it leaves DROP_MISSED_TAIL_CALL in RET when it falls
 * through. Inlined, up to PR 26118 it *returns* FN's value from the enclosing function, past every check that
 * follows; from then on it assigns the value to RET. Issue 22527 is largely this difference.
 */
#define CONCAT_1(A, B) A##B
#define CONCAT(A, B) CONCAT_1(A, B)

#define declare_tailcall_if(COND, SLOT) CONCAT(declare_tailcall_if_, COND)(SLOT)
#define declare_tailcall_if_1(SLOT) __section_tail(CALLS_MAP_ID, SLOT)
#define declare_tailcall_if_0(SLOT) static __always_inline

#define INVOKE_TAILCALL_IF(RET, COND, SLOT, FN) CONCAT(INVOKE_TAILCALL_IF_, COND)(RET, SLOT, FN)
#define INVOKE_TAILCALL_IF_1(RET, SLOT, FN)      \
	do {                                     \
		ep_tail_call(ctx, SLOT);         \
		(RET) = DROP_MISSED_TAIL_CALL;   \
	} while (0)
#if ERA >= ERA_PR26118
# define INVOKE_TAILCALL_IF_0(RET, SLOT, FN) ((RET) = FN(ctx))
#else
# define INVOKE_TAILCALL_IF_0(RET, SLOT, FN) return FN(ctx)
#endif

#endif
