"""Compares intervals by how often they hold the truth, in percent: the measurement behind the choice of intervals in docs/decision.md.

Run: python3 reference/statistics/compare_intervals.py (about five minutes). t: Student; pct: percentile bootstrap; exp: the same, expanded;
bca; boott: studentised; bp: Bonett-Price. First paired differences, right or wrong (bin) and graded (gr), then the mean of graded scores.
"""
import numpy as np, scipy.stats as st
rng=np.random.default_rng(1)
S,B=1500,1000
def scores(kind,n,mu,rho,S):
    th=rng.standard_normal((S,n,1)); e=rng.standard_normal((S,n,2))
    lat=np.sqrt(rho)*th+np.sqrt(1-rho)*e
    if kind=='bin':
        return (lat<st.norm.ppf(np.array(mu))).astype(float)
    # graded: mass at 0 and 1, F1 like
    x=0.5+0.45*(lat+st.norm.ppf(np.array(mu)))
    return np.clip(x,0,1)
def truth(kind,mu,rho):
    if kind=='bin': return mu[0]-mu[1]
    z=rng.standard_normal(4000000)
    f=lambda m: np.clip(0.5+0.45*(z+st.norm.ppf(m)),0,1).mean()
    return f(mu[0])-f(mu[1])
def ints(d):
    n=d.shape[-1]; m=d.mean(); s=d.std(ddof=1); t=st.t.ppf(.975,n-1); out={}
    out['t']=(m-t*s/n**.5,m+t*s/n**.5)
    w=rng.multinomial(n,np.full(n,1/n),B)
    bm=w@d/n; bs=np.sqrt(np.maximum((w@(d*d)/n-bm**2)*n/(n-1),0)); sb=np.sort(bm)
    out['pct']=tuple(np.quantile(sb,[.025,.975]))
    a=st.norm.cdf(-np.sqrt(n/(n-1))*t); out['exp']=tuple(np.quantile(sb,[a,1-a]))
    z0=st.norm.ppf(np.clip(((bm<m).mean()+(bm<=m).mean())/2,1e-3,1-1e-3))
    j=(m*n-d)/(n-1); jd=j.mean()-j; ss=(jd**2).sum()
    acc=(jd**3).sum()/(6*ss**1.5) if ss>0 else 0
    al=[st.norm.cdf(z0+(z0+z)/(1-acc*(z0+z))) for z in (-1.96,1.96)]
    out['bca']=tuple(np.quantile(sb,al))
    with np.errstate(all='ignore'):
        tt=np.where(bs>0,(bm-m)/(bs/n**.5),0)
    q=np.quantile(tt,[.975,.025]); out['boott']=(m-q[0]*s/n**.5,m-q[1]*s/n**.5)
    return out
def bp(d):
    n=len(d);f12=(d>0).sum();f21=(d<0).sum();a=(f12+1)/(n+2);b=(f21+1)/(n+2)
    h=1.96*np.sqrt((a+b-(a-b)**2)/(n+2)); return (a-b-h,a-b+h)
for kind,mu,rho in [('bin',(.7,.6),.5),('bin',(.9,.85),.5),('bin',(.9,.8),.8),('bin',(.95,.93),.7),('bin',(.8,.2),.3),('gr',(.7,.6),.5),('gr',(.95,.9),.5),('gr',(.9,.3),.7)]:
    tr=truth(kind,mu,rho)
    for n in (50,100,200):
        x=scores(kind,n,mu,rho,S); c={}
        for s in range(S):
            d=x[s,:,0]-x[s,:,1]; o=ints(d)
            if kind=='bin': o['bp']=bp(d)
            if kind!='bin':
                o['mean_t']=None
            for k,v in o.items():
                if v is None: continue
                c[k]=c.get(k,0)+(v[0]-1e-12<=tr<=v[1]+1e-12)
        print(kind,mu,rho,n,{k:round(100*v/S,1) for k,v in c.items()},flush=True)
# mean of one graded
print('one mean')
for mu in (.7,.95,.98):
    z=rng.standard_normal(4000000); tr=np.clip(0.5+0.45*(z+st.norm.ppf(mu)),0,1).mean()
    for n in (50,100,200):
        x=scores('gr',n,(mu,mu),.5,S); c={}
        for s in range(S):
            for k,v in ints(x[s,:,0]).items(): c[k]=c.get(k,0)+(v[0]<=tr<=v[1])
        print('mean',mu,round(tr,3),n,{k:round(100*v/S,1) for k,v in c.items()},flush=True)
