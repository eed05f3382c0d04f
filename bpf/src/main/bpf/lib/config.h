// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Options and constants. Everything here is set by -D on the command line; this file derives what follows from them
 * and supplies defaults (those of the agent) for constants that were not given. README.md lists all of them.
 */
#ifndef TAILWALK_CONFIG_H
#define TAILWALK_CONFIG_H

/* Eras: the seed code, and the seed code with one more fix each. */
#define ERA_SEED 0
#define ERA_PR25426 1 /* conntrack programs notify their own errors, with an unsigned reason */
#define ERA_PR26115 2 /* ... the IPv6 header walk's error too */
#define ERA_PR26118 3 /* ... and the missed tail call; conditional calls become expressions */
#define ERA_PR33551 4 /* the reason becomes signed: the numbers are right */

#ifndef ERA
# define ERA ERA_SEED
#endif
#if ERA < ERA_SEED || ERA > ERA_PR33551
# error "unknown ERA"
#endif

#if !defined(ENABLE_IPV4) && !defined(ENABLE_IPV6)
# error "at least one of ENABLE_IPV4 and ENABLE_IPV6 is needed"
#endif
#if defined(ENABLE_ARP_RESPONDER) && defined(ENABLE_ARP_PASSTHROUGH)
# error "ENABLE_ARP_RESPONDER and ENABLE_ARP_PASSTHROUGH exclude each other"
#endif

/* Services are handled per packet unless the socket layer does all of it. */
#undef ENABLE_PER_PACKET_LB
#if !defined(ENABLE_SOCKET_LB_FULL) || defined(ENABLE_SOCKET_LB_HOST_ONLY) || defined(ENABLE_L7_LB) || \
	defined(ENABLE_SCTP)
# define ENABLE_PER_PACKET_LB 1
#endif

/* Options that mean nothing without another. */
#ifndef ENABLE_IPV4
# undef ENABLE_IPV4_FRAGMENTS
#endif
#ifndef ENABLE_PER_PACKET_LB
# undef ENABLE_SESSION_AFFINITY
#endif

/* Conditions of conditional tail calls: literally 0 or 1. */
#ifdef ENABLE_PER_PACKET_LB
# define PER_PACKET_LB 1
#else
# define PER_PACKET_LB 0
#endif
#if defined(ENABLE_IPV4) && defined(ENABLE_IPV6)
# define DUAL_STACK 1
#else
# define DUAL_STACK 0
#endif

#ifndef MONITOR_AGGREGATION
# define MONITOR_AGGREGATION 0
#endif
#define TRACE_PAYLOAD_LEN 128

/* Seconds. */
#ifndef CT_CONNECTION_LIFETIME_TCP
# define CT_CONNECTION_LIFETIME_TCP 21600
#endif
#ifndef CT_CONNECTION_LIFETIME_NONTCP
# define CT_CONNECTION_LIFETIME_NONTCP 60
#endif
#ifndef CT_SERVICE_LIFETIME_TCP
# define CT_SERVICE_LIFETIME_TCP 21600
#endif
#ifndef CT_SERVICE_LIFETIME_NONTCP
# define CT_SERVICE_LIFETIME_NONTCP 60
#endif
#ifndef CT_SERVICE_CLOSE_REBALANCE
# define CT_SERVICE_CLOSE_REBALANCE 60
#endif
#ifndef CT_SYN_TIMEOUT
# define CT_SYN_TIMEOUT 60
#endif
#ifndef CT_CLOSE_TIMEOUT
# define CT_CLOSE_TIMEOUT 10
#endif
#ifndef CT_REPORT_INTERVAL
# define CT_REPORT_INTERVAL 5
#endif
#ifndef CT_REPORT_FLAGS
# define CT_REPORT_FLAGS 0x07
#endif

#ifndef HOST_EP_ID
# define HOST_EP_ID 4242
#endif
#ifndef HOST_IFINDEX
# define HOST_IFINDEX 1
#endif
#ifndef HOST_IFINDEX_MAC
# define HOST_IFINDEX_MAC 0xce, 0x72, 0xa7, 0x03, 0x88, 0x56
#endif
#ifndef LOCAL_NODE_ID
# define LOCAL_NODE_ID 6
#endif
/* Host order. */
#ifndef IPV4_LOOPBACK
# define IPV4_LOOPBACK 0xa9fe2a01
#endif

/* Map sizes: the agent's defaults. */
#ifndef ENDPOINTS_MAP_SIZE
# define ENDPOINTS_MAP_SIZE 65535
#endif
#ifndef METRICS_MAP_SIZE
# define METRICS_MAP_SIZE 1024
#endif
#ifndef POLICY_MAP_SIZE
# define POLICY_MAP_SIZE 16384
#endif
#ifndef POLICY_PROG_MAP_SIZE
# define POLICY_PROG_MAP_SIZE 65535
#endif
#ifndef CT_MAP_SIZE_TCP
# define CT_MAP_SIZE_TCP 524288
#endif
#ifndef CT_MAP_SIZE_ANY
# define CT_MAP_SIZE_ANY 262144
#endif
#ifndef IPCACHE_MAP_SIZE
# define IPCACHE_MAP_SIZE 512000
#endif
#ifndef IPV4_FRAG_MAP_SIZE
# define IPV4_FRAG_MAP_SIZE 8192
#endif
#ifndef LB_MAP_SIZE
# define LB_MAP_SIZE 65536
#endif
/* 0: as many as the machine has, chosen by the loader. */
#ifndef PERF_MAP_SIZE
# define PERF_MAP_SIZE 0
#endif

#endif
