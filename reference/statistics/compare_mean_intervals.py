"""How often intervals of a graded mean hold the truth, in percent: for 50, 100 and 200 cases Wilson's with effective cases, then Student's.

Run: python3 reference/statistics/compare_mean_intervals.py. Columns: the spread of the scores, the skill, the true mean.
"""
import numpy as np, scipy.stats as st
rng=np.random.default_rng(2)
S=20000
for sc in (.45,.2,.8):
  for mu in (.5,.7,.9,.95,.98):
    z=rng.standard_normal(4000000); tr=np.clip(0.5+sc*(z+st.norm.ppf(mu)),0,1).mean()
    r=[]
    for n in (50,100,200):
        x=np.clip(0.5+sc*(rng.standard_normal((S,n))+st.norm.ppf(mu)),0,1)
        p=x.mean(1); v=x.var(1,ddof=1); t=st.t.ppf(.975,n-1)
        with np.errstate(all='ignore'):
            ne=np.where(v>1e-12,p*(1-p)/v*n,n)
        mid=(p+t*t/(2*ne))/(1+t*t/ne); h=t/(1+t*t/ne)*np.sqrt(np.maximum(p*(1-p)/ne,0)+t*t/(4*ne*ne))
        r.append((n,round(100*((mid-h<=tr)&(tr<=mid+h)).mean(),1), round(100*((abs(p-tr)<=t*np.sqrt(v/n))).mean(),1)))
    print(sc,mu,round(tr,3),r)
