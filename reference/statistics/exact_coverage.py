"""Compares 95% intervals of right and wrong answers by their exact coverage, in percent: behind the choice in docs/decision.md.

Run: python3 reference/statistics/exact_coverage.py (about a minute; no packages). First one share: Wilson, mid-P, Jeffreys, likelihood ratio. Then the
difference of two over the same cases: Bonett and Price with 1, 0.75, 0.5 and 0.25 cases added to either kind of disagreement, and Tango.
"""
import math
z=1.959963984540054
def pmf(n,p):
    return [math.exp(math.lgamma(n+1)-math.lgamma(k+1)-math.lgamma(n-k+1)+k*math.log(p)+(n-k)*math.log1p(-p)) for k in range(n+1)]
def wilson(k,n):
    m=k/n;d=1+z*z/n;c=(m+z*z/2/n)/d;h=z/d*math.sqrt(m*(1-m)/n+z*z/4/n/n);return c-h,c+h
def midp_val(k,n,p,upper): # P(X>k)+.5P(X=k)
    q=pmf(n,p); return (sum(q[k+1:]) if upper else sum(q[:k]))+.5*q[k]
def midp(k,n):
    def solve(upper):
        lo,hi=1e-12,1-1e-12
        for _ in range(45):
            mid=(lo+hi)/2;v=midp_val(k,n,mid,upper)
            if upper: lo,hi=(mid,hi) if v<.025 else (lo,mid)
            else: lo,hi=(mid,hi) if v>.025 else (lo,mid)
        return (lo+hi)/2
    return (0 if k==0 else solve(True)),(1 if k==n else solve(False))
# Jeffreys via numeric beta cdf
def betacdf_inv(a,b,q):
    # incomplete beta by continued fraction
    def inc(x):
        if x<=0:return 0
        if x>=1:return 1
        lb=math.lgamma(a+b)-math.lgamma(a)-math.lgamma(b)+a*math.log(x)+b*math.log1p(-x)
        def cf(a,b,x):
            tiny=1e-300;c=1;d=1-(a+b)*x/(a+1);d=1/(d if abs(d)>tiny else tiny);h=d
            for m in range(1,500):
                m2=2*m;aa=m*(b-m)*x/((a+m2-1)*(a+m2));d=1+aa*d;c=1+aa/c;d=1/d;h*=d*c
                aa=-(a+m)*(a+b+m)*x/((a+m2)*(a+m2+1));d=1+aa*d;c=1+aa/c;d=1/d;de=d*c;h*=de
                if abs(de-1)<1e-14:break
            return h
        return math.exp(lb)*cf(a,b,x)/a if x<(a+1)/(a+b+2) else 1-math.exp(lb)*cf(b,a,1-x)/b
    lo,hi=0,1
    for _ in range(60):
        m=(lo+hi)/2
        if inc(m)<q: lo=m
        else: hi=m
    return lo
def jeff(k,n):
    return (0 if k==0 else betacdf_inv(k+.5,n-k+.5,.025)),(1 if k==n else betacdf_inv(k+.5,n-k+.5,.975))
def lr(k,n):
    def dev(p):
        m=k/n;s=0
        if k>0:s+=k*math.log(m/p)
        if k<n:s+=(n-k)*math.log((1-m)/(1-p))
        return 2*s
    def sol(lo,hi,inc):
        for _ in range(60):
            m=(lo+hi)/2
            if (dev(m)>z*z)==inc: hi=m
            else: lo=m
        return lo
    m=k/n
    return (0 if k==0 else sol(1e-12,m,False)),(1 if k==n else sol(m,1-1e-12,True))
M={'wilson':wilson,'midp':midp,'jeff':jeff,'lr':lr}
for n in (50,100,200):
    I={m:[f(k,n) for k in range(n+1)] for m,f in M.items()}
    for p in (.5,.6,.7,.8,.85,.9,.93,.95,.97,.98):
        q=pmf(n,p)
        print(n,p,{m:round(100*sum(q[k] for k in range(n+1) if I[m][k][0]<=p<=I[m][k][1]),1) for m in M})
    for a,b in ((.5,.97),(.9,.98)):
        ps=[a+(b-a)*i/200 for i in range(201)]
        for m in M:
            cs=[]
            for p in ps:
                q=pmf(n,p);cs.append(sum(q[k] for k in range(n+1) if I[m][k][0]<=p<=I[m][k][1]))
            print('  grid',n,a,b,m,'mean %.1f min %.1f within %.0f%% width %.4f'%(100*sum(cs)/201,100*min(cs),sum(.93<=c<=.97 for c in cs)/2.01, sum(sum(x*(I[m][k][1]-I[m][k][0]) for k,x in enumerate(pmf(n,p))) for p in ps)/201))

def npdf(x): return math.exp(-x*x/2)/math.sqrt(2*math.pi)
def ncdf(x): return .5*math.erfc(-x/math.sqrt(2))
def nq(p):
    lo,hi=-9,9
    for _ in range(80):
        m=(lo+hi)/2
        if ncdf(m)<p: lo=m
        else: hi=m
    return lo
def only(p1,p2,rho):
    s1,s2=nq(p1),nq(p2);a=b=0;N=2000
    for i in range(N+1):
        t=-8+16*i/N;w=npdf(t)*16/N
        r1=ncdf((s1-math.sqrt(rho)*t)/math.sqrt(1-rho));r2=ncdf((s2-math.sqrt(rho)*t)/math.sqrt(1-rho))
        a+=w*r1*(1-r2);b+=w*r2*(1-r1)
    return a,b
def bp(a):
    def f(x,y,n):
        p,q=(x+a)/(n+2*a),(y+a)/(n+2*a);d=p-q;h=z*math.sqrt((p+q-d*d)/(n+2*a));return d-h,d+h
    return f
def tango(x,y,n):
    # score interval; closed restricted MLE; bisection on delta
    d0=(x-y)/n
    def stat(delta):
        A=2*n;B=-x-y+(2*n-x+y)*delta;C=-y*delta*(1-delta)
        q21=(math.sqrt(max(0,B*B-4*A*C))-B)/(2*A)
        v=n*(2*q21+delta*(1-delta))
        num=x-y-n*delta
        return num/math.sqrt(v) if v>1e-300 else (0 if abs(num)<1e-12 else math.copysign(1e9,num))
    def sol(lo,hi,tgt):
        for _ in range(45):
            m=(lo+hi)/2
            if stat(m)>tgt: lo=m
            else: hi=m
        return (lo+hi)/2
    return sol(-1,d0,z) , sol(d0,1,-z)
M={'bp1':bp(1),'bp.75':bp(.75),'bp.5':bp(.5),'bp.25':bp(.25),'tango':tango}
def run(cases,ns,show=True):
    tot={m:[] for m in M}
    for n in ns:
        I={m:{} for m in M}
        for (p1,p2,rho) in cases:
            a,b=only(p1,p2,rho) if p1!=p2 else (lambda t:((t[0]+t[1])/2,)*2)(only(p1,p2,rho))
            c=1-a-b;tr=p1-p2
            la,lb,lc=map(math.log,(a,b,c));lf=[math.lgamma(i+1) for i in range(n+1)]
            cov={m:0 for m in M};wid={m:0 for m in M}
            for x in range(n+1):
                for y in range(n-x+1):
                    lp=lf[n]-lf[x]-lf[y]-lf[n-x-y]+x*la+y*lb+(n-x-y)*lc
                    if lp<-25: continue
                    w=math.exp(lp)
                    for m,f in M.items():
                        k=(x,y)
                        if k not in I[m]: I[m][k]=f(x,y,n)
                        lo,hi=I[m][k]
                        cov[m]+=w*(lo<=tr<=hi);wid[m]+=w*(hi-lo)
            for m in M: tot[m].append(cov[m])
            if show: print(n,p1,p2,rho,'disc %.3f'%(a+b),{m:'%.1f/%.3f'%(100*cov[m],wid[m]) for m in M},flush=True)
    return tot
cs=[(r,r-d,rho) for r in (.5,.8,.9,.95,.97) for d in (0,.02,.1) for rho in (.5,.9)]
t=run(cs,(50,100,200))
for m in M: print(m,'within %.0f%%'%(100*sum(.93<=c<=.97 for c in t[m])/len(t[m])),'mean %.1f min %.1f max %.1f'%(100*sum(t[m])/len(t[m]),100*min(t[m]),100*max(t[m])))
